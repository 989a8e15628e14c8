import { describe, expect, test } from '@jest/globals';
import { LatestWins } from './latest-wins.ts';

function underTest() {
  const begun: number[] = [];
  const done: number[] = [];
  let finish = () => undefined as void;
  const latest = new LatestWins<number>(async (wish, signal) => {
    begun.push(wish);
    await new Promise<void>((resolve) => (finish = resolve));
    if (!signal.aborted) done.push(wish);
  });
  const next = async () => {
    finish();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { latest, begun, done, next };
}

describe('of many wishes', () => {
  test('the first is begun at once, and then the last of those that came meanwhile', async () => {
    const { latest, begun, done, next } = underTest();
    for (let wish = 1; wish <= 100; wish += 1) latest.wish(wish);
    expect(begun).toEqual([1]);
    await next();
    expect(begun).toEqual([1, 100]);
    await next();
    expect(done).toEqual([1, 100]);
    latest.wish(7);
    expect(begun).toEqual([1, 100, 7]);
  });

  test('none that was forgotten is fulfilled, not even the one under way', async () => {
    const { latest, begun, done, next } = underTest();
    latest.wish(1);
    latest.wish(2);
    latest.forget();
    await next();
    expect([begun, done]).toEqual([[1], []]);
    latest.wish(3);
    await next();
    expect(done).toEqual([3]);
  });

  test('one that comes after the forgetting does not wait for what was forgotten', async () => {
    const { latest, begun, done, next } = underTest();
    latest.wish(1);
    latest.forget();
    latest.wish(2);
    expect(begun).toEqual([1, 2]);
    await next();
    expect(done).toEqual([2]);
  });
});
