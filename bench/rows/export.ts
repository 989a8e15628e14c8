import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { streamOf } from '@ceasewatch/domain/recorded-event';
import { openLog } from '../../apps/api/src/event-log/open-log.ts';
import { sealEvent } from '../../apps/api/src/event-log/seal-event.ts';
import { openLogReader } from '../../apps/api/src/event-log/sqlite-log-reader.ts';
import { exportLog } from '../../apps/api/src/export/log-export.ts';
import type { Contender, Row, Running } from '../harness.ts';
import { FIRST, LOG, syntheticEvents } from '../synthetic-events.ts';

/**
 * The whole log as one file, as the thread of an export makes it: every leaf read, hashed and chained
 * anew, the digest of the file beside it. Of a million events the thread needs no more memory than of these.
 */
const GROUP = 500;

const verified = contender('verified, with chain and digest', false);
/** As people report: each event keeps a text out of its leaf, which is opened and held against its digest. */
const disclosing = contender('the same, a narrative in each event', true);

function contender(name: string, discloses: boolean): Contender {
  return { name, start: (units) => started(units, discloses) };
}

async function started(units: number, discloses: boolean): Promise<Running> {
  const folder = await logOf(units, discloses);
  const reader = openLogReader(folder);
  return {
    async run(count) {
      const range = {
        from: 0,
        to: count - 1,
        asOf: { seq: count - 1, time: new Date(FIRST).toISOString() },
        disclosures: 'shown' as const,
        exportedAt: new Date(FIRST).toISOString(),
        exportedBy: null,
      };
      let bytes = 0;
      for (const piece of exportLog(reader, range)) bytes += piece.length;
      if (bytes < count * 100) throw new Error(`${count} events in ${bytes} bytes`);
    },
    async stop() {
      reader.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A log of so many events in a folder of its own. */
async function logOf(units: number, discloses: boolean): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'ceasewatch-bench-'));
  const log = await openLog({ folder, exercise: true, logId: LOG, now: () => FIRST });
  let group: Promise<unknown>[] = [];
  for (const { envelope, disclosed } of syntheticEvents(units)) {
    const { subject, revision } = envelope;
    const { narrative } = disclosed;
    const told =
      discloses && narrative?.state === 'shown' ? { narrative: narrative.value } : undefined;
    const sealed = sealEvent(envelope, told, () => new Uint8Array(32).fill(revision + 1));
    group.push(log.append(streamOf(subject), revision === 0 ? 'none' : revision - 1, [sealed]));
    if (group.length === GROUP) {
      await Promise.all(group);
      group = [];
    }
  }
  await Promise.all(group);
  await log.close();
  return folder;
}

export const row: Row = {
  name: 'export',
  title: 'the whole log as one file, one thread',
  unit: 'event',
  rounds: 3,
  units: 50_000,
  aims: { perCore: 50_000 },
  contenders: [verified, disclosing],
};
