import { compileFilter } from '@ceasewatch/domain/situation/observation-filter';
import { describe, expect, it } from '@jest/globals';
import { testChange, testRow } from '../../../testing/test-rows.ts';
import {
  FEED_CAP,
  newsIn,
  NO_LIVE_ROWS,
  NONE_WAITING,
  pageWithin,
  withArrived,
  withWaiting,
} from './feed-rows.ts';

const all = compileFilter({});
const scope = { passes: all, since: null };
const arrivals = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) =>
    testChange(from + index, testRow(from + index)),
  );

describe('the rows of the live feed', () => {
  it('come newest first, and one observation stands once', () => {
    const corrected = testRow(1, { version: 2 });
    const waiting = withArrived(
      NONE_WAITING,
      [...arrivals(1, 3), testChange(4, corrected, testRow(1))],
      all,
    );
    const live = withWaiting(NO_LIVE_ROWS, waiting, scope);
    expect(live?.rows.map(({ number, version }) => [number, version])).toEqual([
      [1, 2],
      [3, 1],
      [2, 1],
    ]);
  });

  it('wait in a bounded number, however many arrive, and say that there were more', () => {
    let waiting = NONE_WAITING;
    for (let n = 1; n <= 10_000; n += 100) {
      waiting = withArrived(waiting, arrivals(n, n + 99), all);
    }
    expect(waiting.became.size).toBe(2 * FEED_CAP);
    expect(waiting.more).toBe(true);
    expect(newsIn(waiting, scope)).toBe(2 * FEED_CAP);
    expect(withWaiting(NO_LIVE_ROWS, waiting, scope)).toBeUndefined();
  });

  it('are not crowded out by what never passes the filter', () => {
    const passes = compileFilter({ kind: ['casualty'] });
    const waiting = withArrived(NONE_WAITING, arrivals(1, 5_000), passes);
    expect(waiting).toEqual(NONE_WAITING);
  });

  it('are never more than the feed shows, and what is remembered of them is bounded too', () => {
    let live = NO_LIVE_ROWS;
    for (let n = 1; n <= 5_000; n += 100) {
      const waiting = withArrived(NONE_WAITING, arrivals(n, n + 99), all);
      live = withWaiting(live, waiting, scope) ?? NO_LIVE_ROWS;
    }
    expect(live.rows.length).toBe(FEED_CAP);
    expect(live.touched.size).toBe(FEED_CAP);
    expect(live.rows[0]?.number).toBe(5_000);
  });

  it('catch the eye while they come one by one, and not where many come at once', () => {
    const ids = (changes: ReturnType<typeof arrivals>) => changes.map(({ after }) => after?.id);
    const [few, many] = [arrivals(1, 3), arrivals(4, 7)];
    const live = withWaiting(NO_LIVE_ROWS, withArrived(NONE_WAITING, few, all), scope);
    expect(live?.fresh).toEqual(new Set(ids(few)));
    const later = live && withWaiting(live, withArrived(NONE_WAITING, many, all), scope);
    expect(later?.rows).toHaveLength(7);
    expect(later?.fresh.size).toBe(0);
  });

  it('have a retraction as news, and lose a row that a correction took out of the filter', () => {
    const passes = compileFilter({ kind: ['explosion'] });
    const retracted = testRow(1, { status: 'retracted' });
    const other = testRow(2, { kind: 'casualty' });
    const changes = [testChange(8, retracted, testRow(1)), testChange(9, other, testRow(2))];
    const live = withWaiting(NO_LIVE_ROWS, withArrived(NONE_WAITING, changes, passes), {
      passes,
      since: null,
    });
    expect(live?.rows.map(({ number }) => number)).toEqual([1]);
    expect(live?.touched).toEqual(new Set([retracted.id, other.id]));
  });
});

describe('a first page that was asked before its window was known', () => {
  const page = { asOf: 9, items: [testRow(3), testRow(1), testRow(2)], matching: 3 };
  const since = testRow(2).when.from;

  it('is that of the window when all of it lies there, however much follows', () => {
    expect(pageWithin({ ...page, next: 'more' }, testRow(1).when.from)).toEqual({
      ...page,
      next: 'more',
    });
  });

  it('loses what is older when nothing follows', () => {
    expect(pageWithin(page, since)?.items.map(({ number }) => number)).toEqual([3, 2]);
  });

  it('is none when it lost something and goes on: what follows may belong on it', () => {
    expect(pageWithin({ ...page, next: 'more' }, since)).toBeUndefined();
  });
});
