/**
 * CSV that a spreadsheet opens without running anything in it (RFC 4180, ASVS 1.2.10). A text that
 * could begin a formula gets an apostrophe in front; our own importer takes it away again. A text that
 * begins with an apostrophe gets one more, so that nothing is lost on the way.
 */
/** What spreadsheets skip before they look whether a formula begins. */
const INVISIBLE =
  '[\\s\\u0000-\\u001f\\u007f-\\u00a0\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180e\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3000\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0]';
const FORMULA = new RegExp(
  `^(?:[\\t\\r\\n]|${INVISIBLE}*['=+\\-@|%\\uff1d\\uff0b\\uff0d\\uff20])`,
  'u',
);
/** Somewhere in the text a cell of its own would begin, in a program that splits differently. */
const HIDDEN_CELL = new RegExp(
  `["',;\\t\\r\\n]${INVISIBLE}*[=+\\-@\\uff1d\\uff0b\\uff0d\\uff20]`,
  'u',
);

/** A typed value; numbers and booleans cannot carry a formula and stand as they are. */
export type CsvValue = string | number | boolean | null | undefined;

export function csvLine(values: readonly CsvValue[]): string {
  return `${values.map(csvCell).join(',')}\r\n`;
}

export function csvCell(value: CsvValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return `${value}`;
  return quoted(inert(value));
}

/** @returns the text with an apostrophe in front where a spreadsheet could run it */
export function inert(text: string): string {
  return FORMULA.test(text) || HIDDEN_CELL.test(text) ? `'${text}` : text;
}

/** Undoes `inert`: what the importer does to every cell of our own layout. */
export function original(cell: string): string {
  return cell.startsWith("'") ? cell.slice(1) : cell;
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
