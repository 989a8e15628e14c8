import { openLog } from '../../apps/api/src/event-log/open-log.ts';
import { FIRST_INSTANT } from '../../apps/api/src/event-log/testing/events.ts';
import type { Promised } from './trace.ts';

/** What a log lacks of what was promised; undefined where nothing is. */
export interface Wrong {
  readonly kind: 'unreadable' | 'broken';
  readonly why: string;
}

export async function whatIsWrong(
  folder: string,
  promised: readonly Promised[],
): Promise<Wrong | undefined> {
  try {
    const there = await hashesIn(folder);
    const lost = promised.find(({ id, seq, leafHash }) => there.get(seq) !== `${id} ${leafHash}`);
    return lost && { kind: 'broken', why: `event ${lost.seq} was promised and is not there` };
  } catch (error) {
    return { kind: 'unreadable', why: String(error) };
  }
}

/** By number. Opening verifies the chain of all of them. @throws EventLogError */
async function hashesIn(folder: string): Promise<ReadonlyMap<number, string>> {
  const log = await openLog({ folder, exercise: true, now: () => FIRST_INSTANT });
  try {
    const hashes = new Map<number, string>();
    for (let after = -1, atHead = false; !atHead;) {
      const page = await log.page(after, 1_000);
      for (const { seq, envelope, leafHash } of page.events) {
        hashes.set(seq, `${envelope.id} ${Buffer.from(leafHash).toString('hex')}`);
      }
      after = page.reached;
      atHead = page.atHead;
    }
    return hashes;
  } finally {
    await log.close();
  }
}
