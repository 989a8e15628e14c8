import { describe, expect, it } from '@jest/globals';
import { inOrder } from './in-order.ts';

describe('working on many items at once', () => {
  it('yields the results in the order of the items, whichever is done first', async () => {
    const results = await all(
      inOrder(upTo(50), 8, async (n) => {
        await new Promise((resolve) => setTimeout(resolve, (n * 7) % 5));
        return n;
      }),
    );
    expect(results).toEqual(Array.from({ length: 50 }, (_, n) => n));
  });

  it('never works on more than it may at once', async () => {
    let now = 0;
    let most = 0;
    await all(
      inOrder(upTo(40), 6, async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setImmediate(resolve));
        now -= 1;
      }),
    );
    expect(most).toBeLessThanOrEqual(6);
  });

  it('tells what was begun before it throws what broke', async () => {
    const told: number[] = [];
    const working = async () => {
      for await (const n of inOrder(upTo(9), 4, fails(5))) told.push(n);
    };
    await expect(working()).rejects.toThrow('no 5');
    expect(told).toEqual([0, 1, 2, 3, 4, 6, 7, 8]);
  });

  it('lets others have their turn although nothing it awaits ever waits', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    await all(inOrder(upTo(400), 16, async () => busyFor(0.5)));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(4);
  });
});

async function* upTo(count: number): AsyncGenerator<number> {
  for (let n = 0; n < count; n += 1) yield n;
}

function fails(at: number): (n: number) => Promise<number> {
  return (n) => (n === at ? Promise.reject(new Error(`no ${n}`)) : Promise.resolve(n));
}

function busyFor(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}
