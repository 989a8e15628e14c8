import { EventLogError } from './event-log-error.ts';

/** What a failure of SQLite means for the append that met it, by primary result code. */
export type Failure = 'full' | 'input_output' | 'corrupt' | 'not_unique' | 'in_use' | 'other';

const MEANING: Readonly<Record<number, Failure>> = {
  5: 'in_use', // SQLITE_BUSY
  6: 'in_use', // SQLITE_LOCKED
  8: 'input_output', // SQLITE_READONLY
  10: 'input_output', // SQLITE_IOERR
  11: 'corrupt', // SQLITE_CORRUPT
  13: 'full', // SQLITE_FULL
  14: 'input_output', // SQLITE_CANTOPEN
  19: 'not_unique', // SQLITE_CONSTRAINT
  26: 'corrupt', // SQLITE_NOTADB
};

const SQLITE_ERROR = 1;
const SQLITE_FULL = 13;

/** What SQLite says of a full disk, said where nothing may be written on what is left of one. */
export class DiskFull extends Error {
  readonly errcode = SQLITE_FULL;

  constructor() {
    super('what is left on the disk is not for writing');
    this.name = 'DiskFull';
  }
}

/** `undefined` when the error is not SQLite's: then it is a defect and has to surface as it is. */
export function failureOf(error: unknown): Failure | undefined {
  const code = resultCodeOf(error);
  return code === undefined ? undefined : (MEANING[code & 0xff] ?? 'other');
}

/** The named error for a failure outside a commit: nothing was written. */
export function namedFailure(error: unknown): unknown {
  const failure = failureOf(error);
  switch (failure) {
    case undefined:
      return error;
    case 'full':
      return new EventLogError('storage_full', 'the disk of the log is full', {}, { cause: error });
    case 'corrupt':
      return new EventLogError('log_corrupt', messageOf(error), {}, { cause: error });
    case 'input_output':
    case 'in_use':
    case 'not_unique':
    case 'other':
      return new EventLogError('store_unavailable', messageOf(error), {}, { cause: error });
    default:
      return failure satisfies never;
  }
}

/**
 * The same of a file that is being opened. Our own statements are right, so where SQLite can make nothing
 * of them (an unsupported format, a table or column that is not there) the file is not what it was.
 */
export function openingFailure(error: unknown): unknown {
  const code = resultCodeOf(error);
  if (code === undefined || (code & 0xff) !== SQLITE_ERROR) return namedFailure(error);
  return new EventLogError('log_corrupt', messageOf(error), {}, { cause: error });
}

export function messageOf(error: unknown): string {
  // Errors of node:sqlite are of another realm under jest, so `instanceof Error` would miss them.
  if (typeof error === 'object' && error !== null && 'message' in error)
    return String(error.message);
  return String(error);
}

function resultCodeOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  // An integer larger than any that was ever written: a bit of it has flipped.
  if ('code' in error && error.code === 'ERR_OUT_OF_RANGE') return 11;
  if (!('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode : undefined;
}
