import { crc32 } from 'node:zlib';
import { DamagedRow } from './read-model-file.ts';

/**
 * Text of the read model is kept with a sum, for SQLite does not notice a flipped bit in a row: what
 * does not match is not served, and the file is built anew from the log. Not against people, who write
 * the sum too; against them there are the log's hashes.
 */
export function sumOf(text: string): number {
  return crc32(text);
}

/** @throws DamagedRow */
export function checkedText(text: unknown, sum: unknown, what: string): string {
  if (typeof text === 'string' && crc32(text) === sum) return text;
  throw new DamagedRow(`${what} is not what was written`);
}
