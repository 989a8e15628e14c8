import { streamOf } from '@ceasewatch/domain/recorded-event';
import { checkAppend } from '../event-log/append-rules.ts';
import type { Expected, LogHead, StoredEvent } from '../event-log/event-log.ts';
import { EventLogError } from '../event-log/event-log-error.ts';
import type { EventToKeep } from '../event-log/moved-event.ts';
import { openLog } from '../event-log/open-log.ts';
import { openLogReader } from '../event-log/sqlite-log-reader.ts';
import { firstEvent } from '../event-log/first-event.ts';
import { type LogSide, nameOf, scratchFolder, type StoreSide } from './log-side.ts';

/**
 * Where the log is copied to. It is begun with the first event of the source, or refused when it holds
 * another log; what is then written comes in the source's order, each event with the revision it has.
 */
export interface LogTarget {
  readonly name: string;
  head(): LogHead;
  /**
   * Writes the next events in their order. When it throws, some of them may be there, none without
   * those before it, and the head says how many.
   */
  write(events: readonly EventToKeep[]): Promise<void>;
  page(after: number, limit: number): readonly StoredEvent[];
  secretOf(seq: number): Uint8Array | undefined;
  close(): Promise<void>;
}

/** @throws EventLogError foreign_log, wrong_sort, data_folder_in_use, store_unavailable */
export async function openTarget(side: LogSide, first: StoredEvent): Promise<LogTarget> {
  const { logId, exercise } = first.envelope.data;
  const ms = Date.parse(first.envelope.time);
  // Both adapters begin a log in the one way that there is; it has to come to the same bytes.
  const begins =
    typeof logId === 'string' &&
    typeof exercise === 'boolean' &&
    firstEvent(logId, exercise, ms).leaf === first.leaf;
  if (!begins)
    throw new EventLogError('foreign_log', 'the first event of the source is unknown here');
  const options = { logId, exercise, now: () => ms };
  return side.kind === 'folder' ? folderTarget(side.folder, options) : storeTarget(side, options);
}

interface Beginning {
  readonly logId: string;
  readonly exercise: boolean;
  readonly now: () => number;
}

async function folderTarget(folder: string, options: Beginning): Promise<LogTarget> {
  const log = await openLog({ folder, ...options });
  const reader = openLogReader(folder);
  return {
    name: folder,
    head: () => log.head(),
    page: (after, limit) => reader.page(after, limit).events,
    secretOf: (seq) => reader.secretOf(seq),
    async write(events) {
      const appends = events.map((event) => {
        const { subject, revision } = event.envelope;
        const expected: Expected = revision === 0 ? 'none' : revision - 1;
        checkAppend(streamOf(subject), expected, [event]);
        return { stream: streamOf(subject), expected, event };
      });
      // Appends of one turn are committed in groups, in the order in which they came.
      await Promise.all(
        appends.map(({ stream, expected, event }) => log.append(stream, expected, [event])),
      );
    },
    async close() {
      reader.close();
      await log.close();
    },
  };
}

/** A store that shows nothing of what it acknowledged for this long is not waited for any more. */
const SHOWN_WITHIN_MS = 30_000;
const LOOK_MS = 2;

async function storeTarget(side: StoreSide, options: Beginning): Promise<LogTarget> {
  const { openEventStoreDbLog } = await import('../event-log/open-eventstoredb-log.ts');
  const { folder, remove } = scratchFolder();
  const { address, prefix } = side;
  const log = await openEventStoreDbLog({
    ...options,
    address,
    folder,
    clock: Date.now,
    ...(prefix === undefined ? {} : { prefix }),
  });
  const reader = openLogReader(folder);
  const shown = async (seq: number): Promise<void> => {
    let seen = log.head().seq;
    let since = performance.now();
    while (seen < seq) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      if (log.head().seq > seen) since = performance.now();
      seen = log.head().seq;
      if (performance.now() - since > SHOWN_WITHIN_MS) {
        throw new EventLogError('store_unavailable', 'the store does not show what it has written');
      }
    }
  };
  return {
    name: nameOf(side),
    head: () => log.head(),
    page: (after, limit) => reader.page(after, limit).events,
    secretOf: (seq) => reader.secretOf(seq),
    async write(events) {
      const last = log.head().seq + events.length;
      await log.writer.carrier.carry(events);
      await shown(last);
    },
    async close() {
      reader.close();
      await log.close();
      remove();
    },
  };
}
