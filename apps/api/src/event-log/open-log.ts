import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Envelope, streamOf } from '@ceasewatch/domain/recorded-event';
import { isEventId, newEventId } from '@ceasewatch/tlog/event-id';
import { EventLogError } from './event-log-error.ts';
import { sealEvent } from './seal-event.ts';
import { MEMORY } from './sqlite-connection.ts';
import { SqliteEventLog, type SqliteEventLogOptions } from './sqlite-event-log.ts';
import { failureOf, messageOf } from './sqlite-failure.ts';
import { LOG_FILE } from './sqlite-log-reader.ts';
import { WriterLock } from './sqlite-writer-lock.ts';

/**
 * Opens the log of a data folder for writing, or begins one. Whether a log is an exercise stands in
 * its first event for ever, and a node that was started for the other sort does not get it.
 *
 * The folder holds `log.sqlite` (log and vault), `lock.sqlite`, and what others put beside them.
 */
export interface OpenLogOptions extends Pick<
  SqliteEventLogOptions,
  'verifiedAtOpen' | 'mostWaiting' | 'connect' | 'onDamage'
> {
  /** Path of the folder, which is made if need be, or `:memory:`. */
  readonly folder: string;
  readonly exercise: boolean;
  /** The id a new log gets, or that an existing one must have. Default: new, or as found. */
  readonly logId?: string;
  /** What a read model beside it was built from: a log that has less has lost it. */
  readonly seen?: { readonly log: string; readonly seq: number };
  /** Milliseconds since 1970; in an exercise the instant at which its story begins. */
  readonly now: () => number;
}

const LOCK_FILE = 'lock.sqlite';

/** @throws EventLogError data_folder_in_use, data_folder_unusable, wrong_sort, foreign_log, log_corrupt */
export async function openLog(options: OpenLogOptions): Promise<SqliteEventLog> {
  const { folder, now, seen, ...rest } = options;
  const lock = folder === MEMORY ? undefined : holdFolder(folder);
  try {
    const file = folder === MEMORY ? MEMORY : join(folder, LOG_FILE);
    if (seen !== undefined && isGone(file)) throw gone(folder, seen.seq);
    const log = new SqliteEventLog({
      ...rest,
      file,
      logId: options.logId ?? newEventId(now(), randomBytes(10)),
      ...(seen === undefined ? {} : { seen }),
      released: () => lock?.release(),
    });
    return await begun(log, options);
  } catch (error) {
    lock?.release();
    throw error;
  }
}

/** Never begun anew in place of what was there. */
function isGone(file: string): boolean {
  return !existsSync(file) || (statSync(file).size === 0 && !existsSync(`${file}-wal`));
}

function gone(folder: string, last: number): EventLogError {
  return new EventLogError(
    'log_corrupt',
    `${LOG_FILE} is gone, whose events up to ${last} were there`,
    { folder, seq: 0 },
  );
}

async function begun(log: SqliteEventLog, options: OpenLogOptions): Promise<SqliteEventLog> {
  const { seq, logId, exercise } = log.head();
  try {
    if (seq === -1) await writeFirstEvent(log, options.now());
    else checkIdentity(options, logId, exercise);
    return log;
  } catch (error) {
    await log.close();
    throw error;
  }
}

function checkIdentity(options: OpenLogOptions, logId: string, exercise: boolean): void {
  const { folder } = options;
  if (exercise !== options.exercise) {
    const found = exercise ? 'an exercise' : 'a real log';
    const wanted = options.exercise ? 'an exercise' : 'a real log';
    throw new EventLogError(
      'wrong_sort',
      `${folder} holds ${found} and was opened as ${wanted}: the two are never mixed, choose another folder`,
      { folder },
    );
  }
  if (options.logId !== undefined && options.logId !== logId) {
    throw new EventLogError(
      'foreign_log',
      `${folder} holds the log ${logId}, not ${options.logId}`,
      {
        folder,
      },
    );
  }
}

async function writeFirstEvent(log: SqliteEventLog, ms: number): Promise<void> {
  const { logId, exercise } = log.head();
  if (!isEventId(logId)) throw new EventLogError('foreign_log', `${logId} is no id of a log`);
  const envelope: Envelope = {
    specversion: '1.0',
    id: logId,
    source: `urn:ceasewatch:${logId}`,
    type: 'log.opened.v1',
    subject: `log/${logId}`,
    revision: 0,
    time: new Date(ms).toISOString(),
    role: 'system',
    authn: 'system',
    data: { logId, exercise, leafRule: 1 },
  };
  const event = sealEvent(envelope, undefined, () => randomBytes(32));
  await log.append(streamOf(envelope.subject), 'none', [event]);
}

function holdFolder(folder: string): WriterLock {
  try {
    mkdirSync(folder, { recursive: true });
    return WriterLock.hold(join(folder, LOCK_FILE), folder);
  } catch (cause) {
    if (cause instanceof EventLogError) throw cause;
    if (failureOf(cause) === undefined && !isSystemError(cause)) throw cause;
    throw new EventLogError(
      'data_folder_unusable',
      `cannot write to ${folder}: ${messageOf(cause)}`,
      { folder },
      { cause },
    );
  }
}

function isSystemError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}
