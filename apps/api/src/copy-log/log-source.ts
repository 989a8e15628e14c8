import type { EventLog, StoredEvent } from '../event-log/event-log.ts';
import { EventLogError } from '../event-log/event-log-error.ts';
import { holdFolder, kindOfLogIn } from '../event-log/data-folder.ts';
import { storedEvent } from '../event-log/event-row.ts';
import { type EventToKeep, movedEvent } from '../event-log/moved-event.ts';
import { openLogReader, type SqliteLogReader } from '../event-log/sqlite-log-reader.ts';
import { type LogSide, nameOf, scratchFolder, type StoreSide } from './log-side.ts';

/**
 * The log that is copied. Of a folder nobody else writes meanwhile; a store is followed into a scratch
 * folder, with the numbers that every node gives its events. Either is then read in one way, and every
 * page is verified as it is read.
 */
export class LogSource {
  readonly name: string;
  readonly #reader: SqliteLogReader;
  readonly #close: () => Promise<void>;

  private constructor(name: string, folder: string, close: () => Promise<void>) {
    this.name = name;
    this.#reader = openLogReader(folder);
    this.#close = close;
  }

  /** @throws EventLogError data_folder_in_use, foreign_log, store_unavailable */
  static async open(side: LogSide): Promise<LogSource> {
    const source = side.kind === 'folder' ? ofFolder(side.folder) : await ofStore(side);
    const { folder, close } = source;
    const opened = new LogSource(nameOf(side), folder, close);
    const gap = opened.#reader.streamWithGap();
    if (gap === undefined) return opened;
    await opened.close();
    const why = `in ${gap} of ${opened.name} stands an event that is none of the log: its place cannot be copied`;
    throw new EventLogError('foreign_log', why);
  }

  /** Number of the last event; a store may go on. */
  last(): number {
    return this.#reader.lastSeq();
  }

  /** @throws EventLogError log_corrupt */
  page(after: number, limit: number): readonly StoredEvent[] {
    return this.#reader.page(after, limit).events;
  }

  chainAt(seq: number): Uint8Array | undefined {
    return this.#reader.chainAt(seq);
  }

  secretOf(seq: number): Uint8Array | undefined {
    return this.#reader.secretOf(seq);
  }

  /** An event of this log as it is written elsewhere. */
  moved(stored: StoredEvent): EventToKeep {
    const event = movedEvent(stored, this.secretOf(stored.seq));
    const { type, data } = stored.envelope;
    if (type !== 'disclosure.erased.v1') return event;
    const row = this.#reader.rowById(String(data['event']));
    return row === undefined ? event : { ...event, erases: movedEvent(storedEvent(row)) };
  }

  async close(): Promise<void> {
    this.#reader.close();
    await this.#close();
  }
}

interface Readable {
  readonly folder: string;
  readonly close: () => Promise<void>;
}

function ofFolder(folder: string): Readable {
  const file = kindOfLogIn(folder);
  if (file === undefined) throw new EventLogError('foreign_log', `there is no log in ${folder}`);
  const lock = holdFolder(folder, file);
  return { folder, close: async () => lock.release() };
}

async function ofStore({ address, prefix }: StoreSide): Promise<Readable> {
  const { openEventStoreDbLog } = await import('../event-log/open-eventstoredb-log.ts');
  const { folder, remove } = scratchFolder();
  const clock = Date.now;
  const log: EventLog & { close(): Promise<void> } = await openEventStoreDbLog({
    address,
    folder,
    now: clock,
    clock,
    ...(prefix === undefined ? {} : { prefix }),
  });
  return {
    folder,
    close: async () => {
      await log.close();
      remove();
    },
  };
}
