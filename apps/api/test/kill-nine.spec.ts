import { describe, expect, test } from '@jest/globals';
import { killLoop } from './testing/kill-loop.ts';

/** Promise R1, in short; `npm run test:faults` kills far more often. */
const ROUNDS = 60;

describe('a node that is killed with -9 under load', () => {
  test('has lost nothing that it acknowledged, and nothing is there twice', async () => {
    const { acknowledged, unanswered, broken } = await killLoop(ROUNDS);
    expect(broken).toEqual([]);
    expect(acknowledged).toBeGreaterThan(ROUNDS * 8);
    // Otherwise nobody was in the middle of anything when the process died.
    expect(unanswered).toBeGreaterThan(ROUNDS);
  }, 900_000);
});
