import { existsSync } from 'node:fs';
import { chainStart, sameHash } from '@ceasewatch/tlog/chain';
import { checkAppend } from './append-rules.ts';
import { BackgroundVerification, type StartVerification } from './background-verification.ts';
import { CommitQueue } from './commit-queue.ts';
import {
  type Appended,
  type EventLog,
  type Expected,
  type Followed,
  type LogCondition,
  type LogDamage,
  type LogHead,
  type LogPage,
  type LogTraits,
  type StreamSlice,
} from './event-log.ts';
import { closed, EventLogError, isEventLogError } from './event-log-error.ts';
import { corrupt } from './event-row.ts';
import { followLog } from './follow-log.ts';
import { LogTail } from './log-tail.ts';
import type { EventToKeep } from './moved-event.ts';
import { nativeSha256 } from './native-sha256.ts';
import { MEMORY, openForReading, WriterConnection } from './sqlite-connection.ts';
import { failureOf, messageOf, namedFailure, openingFailure } from './sqlite-failure.ts';
import { damageOf, SqliteLogReader } from './sqlite-log-reader.ts';
import {
  type AppendRequest,
  CommitFailed,
  type Committed,
  SqliteLogWriter,
  type WriterPosition,
} from './sqlite-log-writer.ts';
import { salvaged } from './sqlite-salvage.ts';
import { checkHeader, checkStructure, isCheckedAtOpen } from './sqlite-structure.ts';
import { damaged, StoreWatch } from './store-watch.ts';

/**
 * The log in the node's own folder: SQLite in WAL with `synchronous=FULL`, one writer, group commit.
 * An append waits in the queue for the end of the turn, is written together with its neighbours, and
 * is acknowledged after COMMIT has returned; only then do followers see it.
 *
 * A damaged file is never repaired: what can be vouched for is served, nothing is written any more.
 *
 * `openLog` makes one; it holds the folder's lock and writes or checks event 0.
 */
export interface SqliteEventLogOptions {
  /** Path of the database, or `:memory:`. */
  readonly file: string;
  /** Of a log that is still empty; a log that is not says it itself. */
  readonly logId: string;
  readonly exercise: boolean;
  /** How many of the last events are verified before the first acknowledgement. Default 10,000. */
  readonly verifiedAtOpen?: number;
  /** How large a file is checked as a whole before the first acknowledgement, in bytes. Default 64 MiB. */
  readonly checkedAtOpen?: number;
  readonly mostWaiting?: number;
  readonly connect?: (file: string) => WriterConnection;
  /** The last event that others have seen of the log of this id: fewer now means that some were lost. */
  readonly seen?: { readonly log: string; readonly seq: number };
  readonly onDamage?: (damage: LogDamage) => void;
  /** Starts the thread that verifies what came before `verifiedAtOpen`; absent, it is verified when read. */
  readonly startVerification?: StartVerification;
  /** Asked before anything is recorded: whether the disk has more room than is held back for reading. */
  readonly hasRoom?: () => boolean;
  /** Called once by `close`. */
  readonly released?: () => void;
}

const VERIFIED_AT_OPEN = 10_000;
const VERIFIED_AFTER_FAILURE = 1_000;
/** Before event 0 there is no time yet; every instant is later than this. */
const NO_TIME = '';

interface Writing {
  readonly connection: WriterConnection;
  readonly writer: SqliteLogWriter;
  readonly own: SqliteLogReader;
}

export class SqliteEventLog implements EventLog {
  readonly traits: LogTraits = {
    store: 'sqlite',
    numbersAtAppend: true,
    keepsOrderOfCalls: true,
    uniqueIds: 'log',
    unknownOutcomes: false,
  };
  readonly #options: SqliteEventLogOptions;
  readonly #identity: Pick<LogHead, 'logId' | 'exercise'>;
  readonly #queue: CommitQueue;
  readonly #tail = new LogTail();
  readonly #reader: SqliteLogReader;
  readonly #watch: StoreWatch;
  #verification: BackgroundVerification | undefined;
  /** Absent when the log is damaged, and after an input or output error, until the file has been opened and verified again. */
  #writing: Writing | undefined;
  #head: LogHead;
  #closed = false;
  #checkpointDue = false;

  constructor(options: SqliteEventLogOptions) {
    this.#options = options;
    const { file, verifiedAtOpen = VERIFIED_AT_OPEN, mostWaiting } = options;
    this.#watch = new StoreWatch(options.onDamage);
    this.#queue = new CommitQueue((group) => this.#commit(group), mostWaiting);
    const opened = this.#openUnlessDamaged(verifiedAtOpen);
    if (opened instanceof EventLogError) {
      const { reader, head, damage } = salvaged(file);
      this.#reader = reader;
      this.#identity = { logId: head.logId, exercise: head.exercise };
      this.#head = head;
      this.#watch.isDamaged(damage ?? damageOf(opened));
      return;
    }
    this.#writing = opened;
    this.#reader = file === MEMORY ? opened.own : new SqliteLogReader(openForReading(file));
    this.#identity =
      opened.writer.position.seq === -1
        ? { logId: options.logId, exercise: options.exercise }
        : opened.own.identity();
    this.#head = this.#headOf(opened);
    this.#verifyBefore(this.#head.seq - verifiedAtOpen);
  }

  async append(
    stream: string,
    expected: Expected,
    events: readonly EventToKeep[],
  ): Promise<Appended> {
    if (this.#closed) throw closed();
    this.#watch.checkUndamaged();
    checkAppend(stream, expected, events);
    return this.#queue.add({ stream, expected, events });
  }

  async numbered(_stream: string, appended: Appended): Promise<Appended> {
    return appended;
  }

  async numberOf(eventId: string): Promise<number> {
    const seq = await this.find(eventId);
    if (seq !== undefined) return seq;
    throw new EventLogError('outcome_unknown', `the log has no event ${eventId}`, { eventId });
  }

  async find(eventId: string): Promise<number | undefined> {
    return this.#read(() => this.#reader.rowById(eventId))?.seq;
  }

  async source(
    stream: string,
    { from = 0 }: { readonly from?: number } = {},
  ): Promise<StreamSlice> {
    return this.#read(() => {
      const { damage } = this.#watch;
      // What an index leads to can be vouched for, but not that it leads to everything.
      if (damage !== undefined) {
        return { ...this.#reader.source(stream, from), staleBecause: damaged(damage) };
      }
      if (this.#writing === undefined) return this.#reader.source(stream, from);
      const { writer, own } = this.#writing;
      // Most streams that a command asks for have not begun, or not moved since: the writer knows.
      const revision = writer.expected(stream);
      if (revision === 'none' || revision < from) return { events: [], revision };
      // Its connection keeps its pages over its own commits, and is about to need this very one.
      return own.source(stream, from);
    });
  }

  async page(after: number, limit: number): Promise<LogPage> {
    this.#checkPosition(after);
    const { damage } = this.#watch;
    // Where the damage was found at the start, the head is what stands before it.
    if (damage !== undefined && after >= this.#head.seq) throw damaged(damage);
    return this.#read(() => this.#reader.page(after, limit));
  }

  follow(after: number, options: { readonly signal?: AbortSignal } = {}): AsyncIterable<Followed> {
    return followLog(after, options.signal, {
      tail: this.#tail,
      head: () => this.#head.seq,
      page: (from, limit) => this.#pageUnlessDamaged(from, limit),
      checkPosition: (position) => this.#checkPosition(position),
    });
  }

  head(): LogHead {
    return this.#head;
  }

  /** Says that the disk is full, where it is: to be called once everything is open that needs room. */
  settle(): void {
    if (this.#options.hasRoom?.() === false) this.#watch.is('full');
  }

  condition(): LogCondition {
    const condition = this.#watch.condition(this.#queue.length);
    const verification = this.#verification?.progress(this.#head.seq);
    return verification === undefined ? condition : { ...condition, verification };
  }

  /** Writes what waits, ends every follower with `store_unavailable`, lets go of the folder. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#queue.drain();
    this.#watch.is('away');
    this.#tail.wake();
    this.#reader.close();
    this.#writing?.connection.close();
    this.#writing = undefined;
    await this.#verification?.stop();
    this.#options.released?.();
  }

  #commit(group: readonly AppendRequest[]): readonly (Appended | EventLogError)[] {
    this.#watch.checkUndamaged();
    const { writer, connection } = (this.#writing ??= this.#reopen());
    const { outcomes, rows, erased } = this.#committed(writer, connection, group);
    this.#head = this.#headOf({ writer });
    this.#watch.is('here');
    this.#tail.push(rows);
    for (const { seq, vault } of erased) this.#tail.forget(seq, vault);
    if (erased.length > 0 || this.#checkpointDue) this.#checkpoint(connection);
    return outcomes;
  }

  #committed(
    writer: SqliteLogWriter,
    connection: WriterConnection,
    group: readonly AppendRequest[],
  ): Committed {
    try {
      return writer.commit(group);
    } catch (error) {
      throw this.#failed(error, connection);
    }
  }

  /**
   * What was erased must not stay readable in the WAL. A reader in the way or a failing disk only delays
   * it: the group is recorded, whatever becomes of the checkpoint, and the next commit tries it again.
   */
  #checkpoint(connection: WriterConnection): void {
    this.#checkpointDue = true;
    try {
      this.#checkpointDue = !connection.checkpoint();
    } catch (error) {
      if (failureOf(error) === undefined) throw error;
      this.#noticed(namedFailure(error));
    }
  }

  #failed(error: unknown, connection: WriterConnection): unknown {
    const cause = error instanceof CommitFailed ? error.cause : error;
    const failure = failureOf(cause);
    // A full disk heals by itself, and what is no failure of SQLite is a defect to be seen as it is.
    if (failure === 'full') this.#watch.is('full');
    if (failure === 'full' || failure === undefined) return this.#noticed(namedFailure(cause));
    this.#watch.is('away');
    this.#writing = undefined;
    const closing = this.#closeAfter(connection);
    if (!(error instanceof CommitFailed)) return this.#noticed(namedFailure(cause));
    const rolling =
      error.rollback === undefined ? '' : `; rolling back: ${messageOf(error.rollback)}`;
    const why = `the commit failed and may have been written: ${messageOf(cause)}${rolling}${closing}`;
    return new EventLogError('outcome_unknown', why, {}, { cause });
  }

  #closeAfter(connection: WriterConnection): string {
    try {
      connection.close();
      return '';
    } catch (error) {
      return `; closing: ${messageOf(error)}`;
    }
  }

  /**
   * After an input or output error nothing is acknowledged before the file has been opened anew,
   * synced as a whole and found to hold everything that was acknowledged before.
   */
  #reopen(): Writing {
    if (this.#closed) throw closed();
    const acknowledged = this.#head;
    const writing = this.#open(VERIFIED_AFTER_FAILURE);
    try {
      if (!writing.connection.checkpoint()) throw closed();
      const { seq } = writing.writer.position;
      const kept = writing.own.chainAt(acknowledged.seq);
      if (seq < acknowledged.seq || kept === undefined || !sameHash(kept, acknowledged.chain)) {
        throw new EventLogError('log_corrupt', 'acknowledged events are missing from the log', {
          seq: acknowledged.seq,
        });
      }
      // A commit whose outcome was unknown may have been written after all: everybody sees it now.
      this.#tail.push(writing.own.rowsAfter(acknowledged.seq));
      this.#head = this.#headOf(writing);
      return writing;
    } catch (error) {
      writing.connection.close();
      throw this.#noticed(namedFailure(error));
    }
  }

  /** The error with which the log may not be written, though it may be read. */
  #openUnlessDamaged(verified: number): Writing | EventLogError {
    const { file, seen } = this.#options;
    try {
      const writing = this.#open(verified);
      const { seq } = writing.writer.position;
      if (seen === undefined || seq >= seen.seq || seen.log !== writing.own.identity().logId) {
        return writing;
      }
      writing.connection.close();
      return corrupt(seq + 1, `it was there and is missing, like every one up to ${seen.seq}`);
    } catch (error) {
      if (file === MEMORY || !isEventLogError(error, 'log_corrupt')) throw error;
      return error;
    }
  }

  #open(verified: number): Writing {
    const { file, hasRoom, connect = (path: string) => new WriterConnection(path) } = this.#options;
    let connection: WriterConnection | undefined;
    try {
      if (file !== MEMORY && existsSync(file)) checkHeader(file);
      connection = connect(file);
      if (this.#isChecked) checkStructure(connection.db);
      const own = new SqliteLogReader(connection.db);
      own.verifyTail(verified);
      const writer = new SqliteLogWriter(connection, own, this.#position(own), hasRoom);
      return { connection, own, writer };
    } catch (error) {
      connection?.close();
      throw openingFailure(error);
    }
  }

  #verifyBefore(upTo: number): void {
    const { file, startVerification } = this.#options;
    if (startVerification === undefined || file === MEMORY) return;
    const task = { file, upTo, isChecked: this.#isChecked };
    this.#verification = new BackgroundVerification(task, startVerification, (damage) =>
      this.#watch.isDamaged(damage),
    );
  }

  /** Whether an opening checks what no hash covers; a longer file is checked by the thread. */
  get #isChecked(): boolean {
    const { file, checkedAtOpen } = this.#options;
    return file !== MEMORY && isCheckedAtOpen(file, checkedAtOpen);
  }

  #position(own: SqliteLogReader): WriterPosition {
    if (own.lastSeq() >= 0) return own.head();
    return { seq: -1, chain: chainStart(this.#options.logId, nativeSha256), time: NO_TIME };
  }

  #headOf({ writer }: Pick<Writing, 'writer'>): LogHead {
    const { seq, chain, time } = writer.position;
    const { logId, exercise } = this.#identity;
    return { seq, chain, time, logId, exercise };
  }

  #read<Result>(read: () => Result): Result {
    if (this.#closed) throw closed();
    try {
      return read();
    } catch (error) {
      throw this.#noticed(namedFailure(error));
    }
  }

  #pageUnlessDamaged(after: number, limit: number): LogPage | undefined {
    try {
      return this.#read(() => this.#reader.page(after, limit));
    } catch (error) {
      if (isEventLogError(error, 'log_corrupt')) return undefined;
      throw error;
    }
  }

  /** Whoever meets damage, from then on everybody knows of it and nothing is written any more. */
  #noticed(error: unknown): unknown {
    if (isEventLogError(error, 'log_corrupt')) this.#watch.isDamaged(damageOf(error));
    return error;
  }

  #checkPosition(after: number): void {
    if (this.#closed) throw closed();
    // A read model may know more of a damaged log than what can still be vouched for.
    const { seq } = this.#head;
    const last = this.#watch.damage === undefined ? seq : Number.MAX_SAFE_INTEGER;
    if (Number.isSafeInteger(after) && after >= -1 && after <= last) return;
    throw new EventLogError('position_unknown', `the log has no event ${after}`, { seq });
  }
}
