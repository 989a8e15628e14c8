import { compileFilter } from '@ceasewatch/domain/situation/observation-filter';
import { describe, expect, it } from '@jest/globals';
import { testChange, testRow } from '../../../testing/test-rows.ts';
import { type Changed, drawnRows, MAP_CAP, withLast } from './map-rows.ts';

const all = compileFilter({});
const none: Changed = new Map();
const rows = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => testRow(from + index));
const changes = (from: number, to: number) =>
  rows(from, to).map((row) => testChange(row.number, row));

describe('the rows of the map', () => {
  it('are the newest that it holds, however many came since, and it says so', () => {
    const answered = { rows: rows(1, 1_500), capped: false };
    const drawn = drawnRows(
      answered,
      withLast(none, changes(1_501, 2_600), answered, all, null),
      all,
      null,
    );
    expect(drawn.capped).toBe(true);
    expect(drawn.rows.length).toBe(MAP_CAP);
    expect(drawn.rows.every(({ number }) => number > 600)).toBe(true);
  });

  it('remember a bounded number of changes, those of answered rows among them', () => {
    const answered = { rows: rows(1, 10), capped: false };
    const gone = testChange(11, testRow(3, { kind: 'casualty' }), testRow(3));
    let changed = withLast(none, [gone], answered, all, null);
    for (let n = 100; n < 9_000; n += 500) {
      changed = withLast(changed, changes(n, n + 499), answered, all, null);
    }
    expect(changed.size).toBeLessThanOrEqual(MAP_CAP + answered.rows.length);
    expect(changed.get(testRow(3).id)?.kind).toBe('casualty');
  });

  it('of a narrow filter are not crowded out by what does not pass it', () => {
    const answered = { rows: [], capped: false };
    const passes = compileFilter({ kind: ['casualty'] });
    const told = testRow(1, { kind: 'casualty' });
    const changed = withLast(
      none,
      [testChange(1, told), ...changes(2, 4_000)],
      answered,
      passes,
      null,
    );
    expect(drawnRows(answered, changed, passes, null).rows).toEqual([told]);
    expect(changed.size).toBe(1);
  });

  it('leave the map when they leave the window', () => {
    const answered = { rows: rows(1, 10), capped: false };
    const drawn = drawnRows(answered, none, all, testRow(8).when.from);
    expect(drawn.rows.map(({ number }) => number)).toEqual([8, 9, 10]);
  });
});
