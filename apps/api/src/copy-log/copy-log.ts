import { sameHash } from '@ceasewatch/tlog/chain';
import type { StoredEvent } from '../event-log/event-log.ts';
import { EventLogError, isEventLogError } from '../event-log/event-log-error.ts';
import type { LogSource } from './log-source.ts';
import type { LogTarget } from './log-target.ts';

/**
 * Copies a log event by event, in its order, from where the target ends to where the source ends, and
 * compares both from the first event to the last when it is done. The target itself says how far it is,
 * so a copy that was stopped anywhere goes on when it is run again, and one that is whole stays as it is.
 */
export interface Copied {
  /** Events that both have. */
  readonly events: number;
  /** Of these, written by this run. */
  readonly written: number;
  /** Events that the target has beyond: it has gone on by itself. */
  readonly ahead: number;
  readonly logId: string;
  readonly exercise: boolean;
  /** After the last event that both have, 32 bytes. */
  readonly chain: Uint8Array;
  readonly disclosures: Record<'shown' | 'withheld' | 'erased', number>;
}

export interface Step {
  readonly doing: 'copying' | 'comparing';
  readonly done: number;
  readonly of: number;
}

/** The most that a log gives at once; more is not faster. */
const PAGE = 1_000;
/** A store that is away for longer than this ends the run, which may be repeated. */
const AWAY_MS = 60_000;
const AGAIN_MS = 1_000;

/** @throws EventLogError foreign_log, log_corrupt, store_unavailable, storage_full */
export async function copyLog(
  source: LogSource,
  target: LogTarget,
  onStep: (step: Step) => void,
): Promise<Copied> {
  const begun = target.head().seq;
  checkSameLog(source, target);
  for (let last = source.last(); target.head().seq < last; last = source.last()) {
    const after = target.head().seq;
    const events = source.page(after, PAGE).map((each) => source.moved(each));
    await written(target, events);
    checkHead(source, target);
    onStep({ doing: 'copying', done: target.head().seq + 1, of: last + 1 });
  }
  const { seq, logId, exercise } = target.head();
  const last = Math.min(seq, source.last());
  const ahead = seq - last;
  const disclosures = compare(source, target, last, ahead === 0, onStep);
  const chain = source.chainAt(last) ?? target.head().chain;
  const count = Math.max(0, last - begun);
  return { events: last + 1, written: count, ahead, logId, exercise, chain, disclosures };
}

/** A store may lose its leader on the way; then what it shows says from where to go on. */
async function written(
  target: LogTarget,
  events: readonly Parameters<LogTarget['write']>[0][number][],
): Promise<void> {
  const first = target.head().seq;
  let since = performance.now();
  for (let seen = first; ;) {
    try {
      return await target.write(events.slice(seen - first));
    } catch (error) {
      if (!isEventLogError(error, 'store_unavailable')) throw error;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      const { seq } = target.head();
      if (seq > seen) since = performance.now();
      seen = seq;
      if (performance.now() - since > AWAY_MS) throw error;
    }
  }
}

/** What the target has has to be the beginning of the source, or the other way round. */
function checkSameLog(source: LogSource, target: LogTarget): void {
  const last = Math.min(source.last(), target.head().seq);
  if (isSame(source, target, last)) return;
  let [same, other] = [-1, last];
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (isSame(source, target, middle)) same = middle;
    else other = middle;
  }
  const why = `${target.name} has another event ${other} than ${source.name}: nothing was written`;
  throw new EventLogError('foreign_log', why, { seq: other });
}

function isSame(source: LogSource, target: LogTarget, seq: number): boolean {
  const there = target.page(seq - 1, 1)[0];
  const here = source.chainAt(seq);
  return there !== undefined && here !== undefined && sameHash(here, there.chain);
}

function checkHead(source: LogSource, target: LogTarget): void {
  const { seq, chain } = target.head();
  const here = source.chainAt(seq);
  if (here !== undefined && sameHash(here, chain)) return;
  const why = `${target.name} is no copy any more: somebody else has written to it. Take an empty one`;
  throw new EventLogError('log_corrupt', why, { seq });
}

/** Every event of both, read anew: leaf, hash, chain, and what the vaults say. */
function compare(
  source: LogSource,
  target: LogTarget,
  last: number,
  vaultToo: boolean,
  onStep: (step: Step) => void,
): Copied['disclosures'] {
  const counts = { shown: 0, withheld: 0, erased: 0 };
  for (let after = -1; after < last;) {
    const limit = Math.min(PAGE, last - after);
    const there = target.page(after, limit);
    const here = source.page(after, limit);
    if (here.length !== there.length || here.length === 0)
      throw differs(after + 1, 'it is missing');
    here.forEach((event, at) => {
      const copied = there[at];
      if (copied === undefined || !isCopy(event, copied))
        throw differs(event.seq, 'its bytes differ');
      // A target that has gone on may have erased what the source still shows.
      if (vaultToo && vaultText(source, event) !== vaultText(target, copied)) {
        throw differs(event.seq, 'what it discloses differs');
      }
      for (const { state } of Object.values(event.disclosed)) counts[state] += 1;
    });
    after += here.length;
    onStep({ doing: 'comparing', done: after + 1, of: last + 1 });
  }
  return counts;
}

function isCopy(event: StoredEvent, copied: StoredEvent): boolean {
  return (
    event.seq === copied.seq && event.leaf === copied.leaf && sameHash(event.chain, copied.chain)
  );
}

function vaultText(log: Pick<LogTarget, 'secretOf'>, { seq, disclosed }: StoredEvent): string {
  const entries = Object.entries(disclosed);
  if (entries.length === 0) return '';
  const secret = Buffer.from(log.secretOf(seq) ?? []).toString('base64');
  return JSON.stringify([secret, entries.sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function differs(seq: number, why: string): EventLogError {
  return new EventLogError('log_corrupt', `event ${seq} of the copy is not the source's: ${why}`, {
    seq,
  });
}
