import { randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { streamOf } from '@ceasewatch/domain/recorded-event';
import { newEventId } from '@ceasewatch/tlog/event-id';
import { holdFolder, LOG_FILE } from './data-folder.ts';
import { EventLogError, isEventLogError } from './event-log-error.ts';
import { checkIdentity, firstEvent } from './first-event.ts';
import { type Reserve, lettingGo } from './reserve.ts';
import { MEMORY } from './sqlite-connection.ts';
import { messageOf } from './sqlite-failure.ts';
import { hasCode } from '../error-code.ts';
import { SqliteEventLog, type SqliteEventLogOptions } from './sqlite-event-log.ts';

/**
 * Opens the log of a data folder for writing, or begins one. Whether a log is an exercise stands in
 * its first event for ever, and a node that was started for the other sort does not get it.
 *
 * The folder holds `log.sqlite` (log and vault), `lock.sqlite`, and what others put beside them.
 */
export interface OpenLogOptions extends Pick<
  SqliteEventLogOptions,
  'verifiedAtOpen' | 'checkedAtOpen' | 'mostWaiting' | 'connect' | 'onDamage' | 'startVerification'
> {
  /** Path of the folder, which is made if need be, or `:memory:`. */
  readonly folder: string;
  readonly exercise: boolean;
  /** The id a new log gets, or that an existing one must have. Default: new, or as found. */
  readonly logId?: string;
  /**
   * Asked once the folder is held: what a read model beside the log was built from. A log that has less
   * has lost it.
   */
  readonly seen?: () => SqliteEventLogOptions['seen'];
  /** Room for this start and for reading afterwards. Default: none is held back, none is freed. */
  readonly reserve?: Reserve;
  /** Milliseconds since 1970; in an exercise the instant at which its story begins. */
  readonly now: () => number;
}

/** @throws EventLogError data_folder_in_use, data_folder_unusable, wrong_sort, foreign_log, log_corrupt */
export async function openLog(options: OpenLogOptions): Promise<SqliteEventLog> {
  const { folder, now, seen: askSeen, reserve, ...rest } = options;
  const lock = folder === MEMORY ? undefined : holdFolder(folder, LOG_FILE);
  const letGo = lettingGo(lock, reserve);
  try {
    reserve?.release();
    const file = folder === MEMORY ? MEMORY : join(folder, LOG_FILE);
    const seen = askSeen?.();
    if (seen !== undefined && isGone(file)) throw gone(folder, seen.seq);
    const log = new SqliteEventLog({
      ...rest,
      file,
      logId: options.logId ?? newEventId(now(), randomBytes(10)),
      ...(seen === undefined ? {} : { seen }),
      ...(reserve === undefined ? {} : { hasRoom: () => reserve.fill() }),
      released: letGo,
    });
    return await begun(log, options);
  } catch (error) {
    letGo();
    throw unusable(folder, error);
  }
}

/** A folder that may only be read, or whose disk is full, is held and fails with the first page. */
function unusable(folder: string, cause: unknown): unknown {
  const isOfDisk = hasCode(cause, 'EROFS', 'EACCES', 'EPERM');
  if (!isOfDisk && !isEventLogError(cause, 'store_unavailable', 'storage_full')) return cause;
  const why = `cannot write to ${folder}: ${messageOf(cause)}`;
  return new EventLogError('data_folder_unusable', why, { folder }, { cause });
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
  const { seq } = log.head();
  try {
    if (seq === -1) await writeFirstEvent(log, options.now());
    else checkIdentity(options, log.head());
    return log;
  } catch (error) {
    await log.close();
    throw error;
  }
}

async function writeFirstEvent(log: SqliteEventLog, ms: number): Promise<void> {
  const { logId, exercise } = log.head();
  const first = firstEvent(logId, exercise, ms);
  await log.append(streamOf(first.envelope.subject), 'none', [first]);
}
