import { expect, test } from '@jest/globals';
import { versionParts } from '../testing/version-parts.ts';
import { hasBit } from './bits.ts';
import { ColumnConditions } from './column-conditions.ts';
import { SituationColumns } from './situation-columns.ts';

test('a word with a comma in it is not two words', () => {
  const columns = new SituationColumns();
  for (const [from, unit] of ['a', 'b', 'a,b', '"a"'].entries()) {
    columns.appendParts(versionParts({ from, unit }));
  }
  const conditions = new ColumnConditions(columns);
  const passing = (...unit: string[]) =>
    conditions.of({ unit }).map((bits) => [0, 1, 2, 3].filter((at) => hasBit(bits, at)));
  const flags = [0, 1, 2, 3];
  expect(passing('a', 'b')).toEqual([flags, [0, 1]]);
  expect(passing('a,b')).toEqual([flags, [2]]);
  expect(passing('b', 'a')).toEqual([flags, [0, 1]]);
  expect(passing('"a"')).toEqual([flags, [3]]);
});
