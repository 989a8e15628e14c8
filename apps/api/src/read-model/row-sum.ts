import type { SQLOutputValue } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { DamagedRow } from './damage.ts';

/**
 * A row of the read model ends with a sum of all its other values, its key among them, for SQLite does
 * not notice a flipped bit in a row. Rows are held against their sums when the file is opened
 * (`rows-fault.ts`); what a report says and what it disclosed whenever it is read. Not against people, who
 * write the sum too; against them there are the log's hashes.
 */
export type Value = string | number | null;

type Stored = Readonly<Record<string, SQLOutputValue>>;

const [TWO_32, NULL] = [2 ** 32, -1];

/** Of the values in the order of the columns. Whatever bit of one of them is another, so is the sum. */
export function rowSum(values: readonly Value[]): number {
  let [text, numbers] = ['', 0];
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? NULL;
    if (typeof value === 'string') text += `\0${value}`;
    else numbers = (numbers + share(at, value)) | 0;
  }
  return (text === '' ? numbers : crc32(text) + numbers) >>> 0;
}

/** The values of a row as it is written. */
export function withSum<Values extends readonly Value[]>(...values: Values): [...Values, number] {
  return [...values, rowSum(values)];
}

/** What a sum grows by where the number at a place becomes another: for an `UPDATE` that reads nothing. */
export function sumMove(at: number, before: number, after: number): number {
  return (share(at, after) - share(at, before)) >>> 0;
}

/** SQL of a sum that has moved, with the move as its parameter. */
export const MOVED_SUM = `(sum + ?) & ${TWO_32 - 1}`;

/** A row with all its columns in their order, as it was written. @throws DamagedRow */
export function checkedRow(row: Stored, what: string): Stored {
  const values = Object.values(row).map(valueOf);
  const sum = values.pop();
  checkSum(values, sum, what);
  return row;
}

/** @throws DamagedRow */
export function checkSum(values: readonly Value[], sum: unknown, what: string): void {
  if (rowSum(values) !== sum) throw new DamagedRow(`${what} is not what was written`);
}

/** JSON that a projection wrote. @throws DamagedRow */
export function storedJson<Content>(text: unknown, what: string): Content {
  try {
    const content: Content = JSON.parse(String(text));
    return content;
  } catch (cause) {
    throw new DamagedRow(`${what} cannot be read`, { cause });
  }
}

/** The columns are of texts and whole numbers. */
function valueOf(value: SQLOutputValue): Value {
  return typeof value === 'string' || value === null ? value : Number(value);
}

/** Weights are odd, so no bit of a 32-bit share is lost; of a longer number the upper bits are added. */
function share(at: number, value: number): number {
  const folded =
    (value | 0) === value ? value : Math.imul(Math.floor(value / TWO_32), 31) + (value | 0);
  return Math.imul(folded, 2 * at + 1);
}
