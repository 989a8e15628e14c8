import type { RowDifference } from '../contract/verification.ts';

export type Row = readonly unknown[];

/** Where a key's columns stand in a row, and what they are called. */
export interface Keyed {
  readonly name: string;
  readonly key: readonly { readonly at: number; readonly name: string }[];
}

/** Each is tried with each. */
const MOST_HELD = 64;

/**
 * Rows of a table that are there and should not be, and rows that should be there and are not. Two that say the
 * same but for one column of their key are one row whose key was altered.
 */
export class MovedRows {
  readonly #table: Keyed;
  readonly #surplus: Row[] = [];
  readonly #missing: Row[] = [];

  constructor(table: Keyed) {
    this.#table = table;
  }

  /** @returns whether it is told of at the end */
  hold(how: 'surplus' | 'missing', row: Row): boolean {
    const held = how === 'surplus' ? this.#surplus : this.#missing;
    if (held.length === MOST_HELD) return false;
    held.push(row);
    return true;
  }

  /** What is to be told of all that was held, in the order of its keys. */
  differences(): readonly RowDifference[] {
    const left = [...this.#surplus];
    const missing = this.#missing.map((row): RowDifference => {
      const at = left.findIndex((each) => isOneKeyOff(this.#table, each, row));
      const [found] = at < 0 ? [] : left.splice(at, 1);
      if (found === undefined) return differs(this.#table, row, 'missing');
      const { table, row: was } = differs(this.#table, row, 'altered');
      return {
        table,
        row: `${was}, here ${differs(this.#table, found, 'altered').row}`,
        how: 'altered',
      };
    });
    return [...missing, ...left.map((row) => differs(this.#table, row, 'surplus'))];
  }
}

/** A row of a table without a key is told by all that it says. */
export function differs({ name, key }: Keyed, row: Row, how: RowDifference['how']): RowDifference {
  const keys = key.map((each) => `${each.name} ${String(row[each.at])}`);
  return { table: name, row: (keys.length === 0 ? row.map(String) : keys).join(', '), how };
}

function isOneKeyOff({ key }: Keyed, one: Row, other: Row): boolean {
  const off = one.flatMap((value, at) => (value === other[at] ? [] : [at]));
  return off.length === 1 && one.length > 1 && key.some(({ at }) => at === off[0]);
}
