import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RecentlyUsed } from './recently-used.ts';

describe('what was recently used', () => {
  it('is never more than it may be, and the last half of it is always there', () => {
    const step = fc.record({ key: fc.nat(40), read: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const most = 16;
        const kept = new RecentlyUsed<number, number>(most);
        const truth = new Map<number, number>();
        const used: number[] = [];
        for (const [at, { key, read }] of steps.entries()) {
          if (read) {
            const value = kept.get(key);
            expect([undefined, truth.get(key)]).toContain(value);
            if (value !== undefined) used.push(key);
          } else {
            kept.set(key, at);
            truth.set(key, at);
            used.push(key);
          }
          expect(kept.size).toBeLessThanOrEqual(most);
        }
        const last = [...new Set(used.toReversed())].slice(0, most / 2 - 1);
        for (const key of last) expect(kept.get(key)).toBe(truth.get(key));
      }),
    );
  });

  it('forgets what it is told to forget', () => {
    const kept = new RecentlyUsed<string, number>(4);
    for (const [at, key] of ['a', 'b', 'c'].entries()) kept.set(key, at);
    kept.delete('a');
    kept.delete('c');
    expect([kept.get('a'), kept.get('b'), kept.get('c')]).toEqual([undefined, 1, undefined]);
    kept.clear();
    expect(kept.size).toBe(0);
  });
});
