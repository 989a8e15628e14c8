import { describe, expect, it } from '@jest/globals';
import { MOST_EXPORTS, RunningExports } from './running-exports.ts';

describe('exports that run', () => {
  it('are refused beyond their number, and taken again as soon as one is done or has failed', async () => {
    const running = new RunningExports();
    const ends: ((error?: Error) => void)[] = [];
    const begin = () =>
      running.one(
        () =>
          new Promise<string>((resolve, reject) => {
            ends.push((error) => (error === undefined ? resolve('written') : reject(error)));
          }),
      );
    const begun = Array.from({ length: MOST_EXPORTS }, begin);
    const refused = { code: 'overloaded', retryAfterS: expect.any(Number) };
    await expect(begin()).rejects.toMatchObject(refused);
    ends[0]?.();
    await expect(begun[0]).resolves.toBe('written');
    const next = begin();
    await expect(begin()).rejects.toMatchObject(refused);
    ends[1]?.(new Error('the reader has gone'));
    await expect(begun[1]).rejects.toThrow('the reader has gone');
    const last = begin();
    for (const end of ends.slice(2)) end();
    await expect(Promise.all([next, last])).resolves.toEqual(['written', 'written']);
  });
});
