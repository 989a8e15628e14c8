import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isSystemError } from '../error-code.ts';
import { EventLogError } from './event-log-error.ts';
import { failureOf, messageOf } from './sqlite-failure.ts';
import { WriterLock } from './sqlite-writer-lock.ts';

/**
 * A node's data folder, held for the life of the process (`lock.sqlite`). It has a log of its own or a
 * copy of the one in a store, never both: a node that was started without its store's address must not
 * begin another log beside the copy.
 */
export const LOG_FILE = 'log.sqlite';
export const COPY_FILE = 'log-copy.sqlite';
/** Modes of what holds disclosures: narrative and names are for whoever runs the node. */
export const OWNER_ONLY = { folder: 0o700, file: 0o600 } as const;
export type LogFileName = typeof LOG_FILE | typeof COPY_FILE;
export const LOCK_FILE = 'lock.sqlite';

/** Which of both a folder has; undefined without one. */
export function kindOfLogIn(folder: string): LogFileName | undefined {
  return ([LOG_FILE, COPY_FILE] as const).find((name) => existsSync(join(folder, name)));
}

/** The file that a reader of a folder's log opens; undefined without one. */
export function logFileIn(folder: string): string | undefined {
  const name = kindOfLogIn(folder);
  return name === undefined ? undefined : join(folder, name);
}

/** @throws EventLogError data_folder_in_use, data_folder_unusable, foreign_log */
export function holdFolder(folder: string, file: LogFileName): WriterLock {
  if (file !== COPY_FILE && existsSync(join(folder, COPY_FILE))) {
    const why = `${folder} is of a node whose log is in a store: set EVENTSTORE_URL`;
    throw new EventLogError('foreign_log', why, { folder });
  }
  if (file !== LOG_FILE && existsSync(join(folder, LOG_FILE))) {
    const why = `${folder} has a log of its own, which is not the one in the store`;
    throw new EventLogError('foreign_log', why, { folder });
  }
  try {
    makeFolder(folder);
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

/** Step by step, for Node's own way never ends where a file system takes no folders (/proc). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder, OWNER_ONLY.folder);
  } catch (error) {
    // Another process may have been quicker.
    if (!existsSync(folder)) throw error;
  }
}
