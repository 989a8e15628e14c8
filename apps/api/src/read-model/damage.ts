import { isOutOfRange } from '@ceasewatch/auditor/of-sqlite';

/** What an error of the read model's file means for whoever meets it. */
const SQLITE_ERROR = 1;
const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

const PASSING = [SQLITE_BUSY, SQLITE_READONLY, SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN];

/** Whether an error says that the file is damaged, so that it has to be built again. */
export function isDamage(error: unknown): boolean {
  // No projection writes a number that JavaScript has not.
  return [SQLITE_CORRUPT, SQLITE_NOTADB].includes(resultCode(error)) || isOutOfRange(error);
}

/** A row that cannot be what a projection wrote, found while it was read. */
export class DamagedRow extends Error {
  readonly errcode = SQLITE_CORRUPT;

  constructor(what: string, options?: ErrorOptions) {
    super(`the read model is damaged: ${what}`, options);
    this.name = 'DamagedRow';
  }
}

/** Whether an error passes when the disk has room or answers again; nothing was written meanwhile. */
export function isPassing(error: unknown): boolean {
  return PASSING.includes(resultCode(error));
}

/** Whether somebody else holds the file, as a checkpoint does for a moment. */
export function isBusy(error: unknown): boolean {
  return resultCode(error) === SQLITE_BUSY;
}

/** Damage of a file that was only just opened: it may also lack its tables. */
export function isUnusable(error: unknown): boolean {
  return isDamage(error) || resultCode(error) === SQLITE_ERROR;
}

export function resultCode(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return 0;
  return Number(error.errcode) & 0xff;
}
