import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Envelope, streamOf } from '@ceasewatch/domain/recorded-event';
import { newEventId } from '@ceasewatch/tlog/event-id';
import { COPY_FILE, holdFolder, OWNER_ONLY } from './data-folder.ts';
import { EventLogError, isEventLogError } from './event-log-error.ts';
import type { StoreAddress } from './eventstoredb-address.ts';
import { StoreClient } from './eventstoredb-client.ts';
import { type Carry, EventStoreDbCopy } from './eventstoredb-copy.ts';
import { EventStoreDbEventLog, type EventStoreDbOptions } from './eventstoredb-event-log.ts';
import { StoreNames } from './eventstoredb-names.ts';
import { checkIdentity, firstEvent, sealFirst } from './first-event.ts';
import { type Reserve, lettingGo } from './reserve.ts';
import { MEMORY } from './sqlite-connection.ts';
import { failureOf } from './sqlite-failure.ts';

/**
 * Opens the log of a cluster for a node with a data folder of its own, or begins it. Whoever comes
 * first says which log it is, once, in a stream beside it; every other node takes that.
 *
 * A node that has followed before starts without the store, and reads; one that has nothing yet cannot.
 */
export interface OpenEventStoreDbOptions extends Pick<
  EventStoreDbOptions,
  'watchdogMs' | 'patience' | 'clock' | 'onDamage' | 'onCopyDamage'
> {
  readonly address: StoreAddress;
  readonly prefix?: string;
  /** This node's own folder, or `:memory:`. */
  readonly folder: string;
  /** Absent: whichever is there, and where there is none, none is begun. */
  readonly exercise?: boolean;
  readonly logId?: string;
  readonly now: () => number;
  readonly carry?: Carry;
  /** Room for this start. Default: none is held back, none is freed. */
  readonly reserve?: Reserve;
}

/** A store that has just been started together with this node is waited for. */
const REACHED_WITHIN_MS = 30_000;
/** The newest events, as many as a crash could have touched. */
const VERIFIED_AT_OPEN = 10_000;
/** A node that can read already does not wait longer for the rest of the log. */
const CAUGHT_UP_WITHIN_MS = 5_000;
const AGAIN_MS = 250;

/**
 * @throws EventLogError data_folder_in_use, data_folder_unusable, wrong_sort, foreign_log,
 *   store_unavailable
 */
export async function openEventStoreDbLog(
  options: OpenEventStoreDbOptions,
): Promise<EventStoreDbEventLog> {
  const { folder, address, prefix, clock, onDamage, onCopyDamage, watchdogMs, patience } = options;
  const lock = folder === MEMORY ? undefined : holdFolder(folder, COPY_FILE);
  const letGo = lettingGo(lock, options.reserve);
  try {
    options.reserve?.release();
    const file = folder === MEMORY ? MEMORY : join(folder, COPY_FILE);
    const copy = openCopy(file, file === MEMORY ? undefined : options.carry);
    const log = new EventStoreDbEventLog({
      client: new StoreClient(address),
      copy,
      names: new StoreNames(prefix),
      clock,
      ...(onDamage === undefined ? {} : { onDamage }),
      onCopyDamage(damage) {
        // It may be older than what the next start looks at.
        if (file !== MEMORY) writeFileSync(file + DAMAGED, damage.why, { mode: OWNER_ONLY.file });
        onCopyDamage?.(damage);
      },
      ...(watchdogMs === undefined ? {} : { watchdogMs }),
      ...(patience === undefined ? {} : { patience }),
      released: letGo,
    });
    return await begun(log, copy, options);
  } catch (error) {
    letGo();
    throw error;
  }
}

/** Beside a copy in which damage was found while it was in use. */
const DAMAGED = '-damaged';

/** A copy that is damaged is followed again: the store has everything. */
function openCopy(file: string, carry: Carry | undefined): EventStoreDbCopy {
  try {
    if (existsSync(file + DAMAGED)) return anewAt(file, carry);
    const copy = new EventStoreDbCopy(file, carry);
    copy.reader.verifyTail(VERIFIED_AT_OPEN);
    return copy;
  } catch (error) {
    if (!isEventLogError(error, 'log_corrupt') && failureOf(error) !== 'corrupt') throw error;
    return anewAt(file, carry);
  }
}

/** The mark goes last: a node that was killed in between begins anew once more. */
function anewAt(file: string, carry: Carry | undefined): EventStoreDbCopy {
  for (const suffix of ['', '-wal', '-shm', DAMAGED]) rmSync(file + suffix, { force: true });
  return new EventStoreDbCopy(file, carry);
}

async function begun(
  log: EventStoreDbEventLog,
  copy: EventStoreDbCopy,
  options: OpenEventStoreDbOptions,
): Promise<EventStoreDbEventLog> {
  try {
    log.feed.start();
    const known = copy.position !== undefined;
    await untilReached(log, copy, known ? CAUGHT_UP_WITHIN_MS : REACHED_WITHIN_MS, known);
    if (copy.position === undefined) await begin(log, copy, options);
    checkIdentity({ ...options, folder: 'the store' }, log.head());
    return log;
  } catch (error) {
    await log.close();
    throw error;
  }
}

async function untilReached(
  { feed }: EventStoreDbEventLog,
  copy: EventStoreDbCopy,
  ms: number,
  known: boolean,
): Promise<void> {
  let until = performance.now() + ms;
  let seen = copy.position?.seq;
  while (!feed.caughtUp) {
    // Whoever has nothing yet follows to the end, however long the log is.
    if (!known && copy.position?.seq !== seen) until = performance.now() + ms;
    seen = copy.position?.seq;
    const { now: reach, forMs } = feed.reach;
    if (reach.store === 'damaged') feed.reach.check();
    const left = until - performance.now();
    const isAway = reach.store === 'away' && forMs > CAUGHT_UP_WITHIN_MS / 2;
    if (known && (left <= 0 || isAway)) return;
    const isRefused = reach.store === 'away' && reach.refused === true;
    if (left <= 0 || (isRefused && !known)) {
      const why = reach.store === 'here' ? 'it does not come to its end' : reach.why;
      throw new EventLogError('store_unavailable', why);
    }
    await feed.reach.change(Math.min(left, AGAIN_MS));
  }
  if (feed.reach.now.store === 'damaged') feed.reach.check();
}

/** Nothing is written twice by whoever tries again, so a store that is just starting is given time. */
async function begin(
  log: EventStoreDbEventLog,
  copy: EventStoreDbCopy,
  { exercise, now, logId = newEventId(now(), randomBytes(10)) }: OpenEventStoreDbOptions,
): Promise<void> {
  if (exercise === undefined)
    throw new EventLogError('foreign_log', 'there is no log in the store');
  const proposed = firstEvent(logId, exercise, now()).envelope;
  for (const until = performance.now() + REACHED_WITHIN_MS; copy.position === undefined;) {
    try {
      await writeFirstEvent(log, copy, proposed);
    } catch (error) {
      const mayCome =
        isEventLogError(error, 'outcome_unknown') ||
        (isEventLogError(error, 'store_unavailable') && error.facts.refused !== true);
      if (!mayCome || performance.now() > until) throw error;
      await log.feed.reach.change(AGAIN_MS);
    }
  }
}

/** Of two nodes that begin at once the store keeps the proposal of one, and both write that. */
async function writeFirstEvent(
  log: EventStoreDbEventLog,
  copy: EventStoreDbCopy,
  proposed: Envelope,
): Promise<void> {
  const envelope = await log.writer.open(proposed);
  const first = sealFirst(envelope);
  await log.append(streamOf(envelope.subject), 'none', [first]);
  for (const until = performance.now() + CAUGHT_UP_WITHIN_MS; copy.position === undefined;) {
    if (performance.now() > until) {
      throw new EventLogError('store_unavailable', 'the first event of the log does not come back');
    }
    await log.feed.reach.change(50);
  }
}
