import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { EventLogError } from './event-log-error.ts';

/**
 * What no hash of ours covers: SQLite's header, its pages, its indexes. A flipped bit in the index of
 * names makes a stream vanish without an error, and whoever repeats a command is told something wrong.
 */

/** Checked before the first acknowledgement up to here (some 40,000 events, 0.4 s), else in a thread. */
export const CHECKED_AT_OPEN = 64 * 1_048_576;

export function isCheckedAtOpen(file: string, upTo = CHECKED_AT_OPEN): boolean {
  return statSync(file).size <= upTo;
}

/** By the format of SQLite's files. */
const HEADER_BYTES = 100;
/** Where a header says who may write and who may read the file; 2 and 2 in a log, 1 and 1 before its first write. */
const VERSIONS = [18, 19] as const;

/**
 * With a bit flipped here SQLite says that the file may not be written, as if somebody wanted it so.
 *
 * @throws EventLogError log_corrupt
 */
export function checkHeader(file: string): void {
  const descriptor = openSync(file, 'r');
  try {
    const header = new Uint8Array(HEADER_BYTES);
    if (readSync(descriptor, header) < HEADER_BYTES) return;
    const [write = 0, read = 0] = VERSIONS.map((at) => header[at]);
    if (write === read && (read === 1 || read === 2)) return;
  } finally {
    closeSync(descriptor);
  }
  throw new EventLogError('log_corrupt', 'the header of the log is not what was written');
}

/**
 * Holds every page, row and index entry against each other: some 5 µs an event, and as long as it takes
 * to read the file.
 *
 * @throws EventLogError log_corrupt, without a number: which events are led astray is not known
 * @throws the error of SQLite where it cannot read at all
 */
export function checkStructure(db: DatabaseSync): void {
  const why = structureFault(db);
  if (why === undefined) return;
  throw new EventLogError('log_corrupt', `the tables or indexes of the log are damaged: ${why}`);
}

/** What SQLite finds first; undefined when nothing. @throws the error of SQLite where it cannot read at all */
export function structureFault(db: DatabaseSync): string | undefined {
  const found = db.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'];
  return found === 'ok' ? undefined : String(found).replace(/^\*{3}.*\*{3}\n/, '');
}
