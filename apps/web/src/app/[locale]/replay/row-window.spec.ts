import { describe, expect, test } from '@jest/globals';
import { blocksOf } from './log-blocks.ts';
import {
  baseAround,
  drawnRange,
  inSight,
  isNearEnd,
  MOST_ROWS,
  NOTHING_SEEN,
  ROW_PX,
  scrolledSight,
} from './row-window.ts';

const MILLION = 1_000_000;

describe('the window of a long list', () => {
  test('of a short one is all of it', () => {
    expect(baseAround(40, 100)).toBe(0);
    expect(isNearEnd(0, 0, 100) || isNearEnd(99, 0, 100)).toBe(false);
    expect(drawnRange(0, 300, 0, 100)).toEqual([0, 16]);
    expect(drawnRange(99 * ROW_PX, 300, 0, 100)).toEqual([93, 99]);
  });

  test('has its row in the middle, and its ends at those of the list', () => {
    expect(baseAround(500_000, MILLION)).toBe(490_000);
    expect([baseAround(3, MILLION), baseAround(MILLION, MILLION)]).toEqual([
      0,
      MILLION - MOST_ROWS,
    ]);
  });

  test('is to be moved near its ends, unless the list ends there as well', () => {
    expect(isNearEnd(490_100, 490_000, MILLION)).toBe(true);
    expect(isNearEnd(500_000, 490_000, MILLION)).toBe(false);
    expect(isNearEnd(509_000, 490_000, MILLION)).toBe(true);
    expect([
      isNearEnd(5, 0, MILLION),
      isNearEnd(MILLION - 1, MILLION - MOST_ROWS, MILLION),
    ]).toEqual([false, false]);
  });

  test('draws what is seen and a little more, by its own numbers', () => {
    expect(drawnRange(10_000 * ROW_PX, 10 * ROW_PX, 490_000, MILLION)).toEqual([499_994, 500_016]);
  });

  test('stays where it is while the row stands well in sight, and follows it beyond', () => {
    const sight = inSight(500, { ...NOTHING_SEEN, height: 300 }, 1_000);
    expect(sight).toEqual({ base: 0, height: 300, top: 500 * ROW_PX - 180 });
    expect(inSight(501, sight, 1_000)).toBe(sight);
    expect(inSight(503, sight, 1_000).top).toBe(503 * ROW_PX - 180);
    expect(inSight(400, sight, 1_000).top).toBe(400 * ROW_PX - 180);
  });

  test('never scrolls beyond its ends', () => {
    const sight = { base: 0, height: 300, top: 3_000 };
    expect(inSight(0, sight, 1_000).top).toBe(0);
    expect(inSight(999, sight, 1_000).top).toBe(1_000 * ROW_PX - 300);
    expect(inSight(-1, NOTHING_SEEN, 0).top).toBe(0);
  });

  test('moves along where the row or a scroll comes near to its end, and the same rows stay in sight', () => {
    const far = inSight(500_000, { base: 0, height: 300, top: 0 }, MILLION);
    expect(far).toEqual({ base: 490_000, height: 300, top: 10_000 * ROW_PX - 180 });
    const scrolled = scrolledSight(19_000 * ROW_PX, far, MILLION);
    expect(scrolled).toEqual({ base: 499_000, height: 300, top: 10_000 * ROW_PX });
    expect(scrolledSight(12_000 * ROW_PX, far, MILLION)).toEqual({
      ...far,
      top: 12_000 * ROW_PX,
    });
  });

  test('asks for the blocks that hold what is drawn', () => {
    expect(blocksOf(0, 39)).toEqual([0]);
    expect(blocksOf(39, 81)).toEqual([0, 1, 2]);
    expect(blocksOf(5, 4)).toEqual([0]);
  });
});
