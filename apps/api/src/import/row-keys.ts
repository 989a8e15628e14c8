import { createHash } from 'node:crypto';

/**
 * Keys for rows that have none of their own: all their cells, and how many equal rows came before in
 * this file. So a row that legitimately stands twice is two observations, and the same file again
 * finds both. Only eight bytes of a digest are kept for each row.
 */
export class RowKeys {
  readonly #seen = new Map<bigint, number>();

  ofCells(cells: readonly string[]): readonly string[] {
    const digest = createHash('sha256').update(JSON.stringify(cells)).digest().readBigUInt64BE();
    const ordinal = this.#seen.get(digest) ?? 0;
    this.#seen.set(digest, ordinal + 1);
    return [...cells, `${ordinal}`];
  }
}
