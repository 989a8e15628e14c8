import { describe, expect, it } from '@jest/globals';
import { RowKeys } from './row-keys.ts';

describe('the keys of rows that have none', () => {
  it('tell equal rows apart by how many came before, however many others lie between', () => {
    const keys = new RowKeys();
    const ordinals = Array.from({ length: 60_000 }, (_, n) =>
      keys.ofCells([`${n % 20_000}`, 'SAF']).at(-1),
    );
    expect(ordinals.every((ordinal, n) => ordinal === `${Math.floor(n / 20_000)}`)).toBe(true);
  });

  it('are the cells and the ordinal, and keep cells apart that only look alike together', () => {
    const keys = new RowKeys();
    expect(keys.ofCells(['ab', 'c'])).toEqual(['ab', 'c', '0']);
    expect(keys.ofCells(['a', 'bc'])).toEqual(['a', 'bc', '0']);
    expect(keys.ofCells(['ab', 'c'])).toEqual(['ab', 'c', '1']);
  });

  it('are for so many rows and no more, because memory has an end', () => {
    const keys = new RowKeys(2);
    for (const cell of ['a', 'b', 'a', 'b', 'a']) keys.ofCells([cell]);
    expect(() => keys.ofCells(['c'])).toThrow(expect.objectContaining({ code: 'too_many_rows' }));
  });
});

describe('rows that have a key of their own', () => {
  it('are known again by it, and by whether they say the same', () => {
    const keys = new RowKeys();
    expect(keys.before(['7'], 'one')).toBe('no');
    expect(keys.before(['7'], 'one')).toBe('same');
    expect(keys.before(['7'], 'two')).toBe('other');
    expect(keys.before(['8'], 'two')).toBe('no');
  });
});
