import { describe, expect, it } from '@jest/globals';
import { measure, type Row } from './bench/harness.ts';
import { verdictsOf } from './bench/verdicts.ts';

/** `npm run bench -- --strict` ends with a verdict for every aim. */
const still: Row = {
  name: 'still',
  title: 'contenders that do nothing',
  unit: 'nothing',
  rounds: 1,
  units: 40,
  contenders: [],
};
const spread = (median: number) => ({ median, lowest: median, highest: median });
const contender = {
  name: 'ours',
  rate: spread(100),
  cpuMicros: spread(1_000),
  latency: { p50Ms: spread(2), p99Ms: spread(9) },
};

describe('the verdicts of a measurement', () => {
  it.each([
    [{ perCore: 1_000, p50Ms: 2, p99Ms: 9 }, [true, true, true]],
    [{ perCore: 1_001, p50Ms: 1.9, p99Ms: 8.9 }, [false, false, false]],
    [{}, []],
  ])('of aims %j are %j', (aims, reached) => {
    const verdicts = verdictsOf({ ...still, aims }, { row: 'still', contenders: [contender] });
    expect(verdicts.map((each) => each.reached)).toEqual(reached);
  });

  it('of a ratio compare its median', () => {
    const row: Row = { ...still, aim: { ratio: 0.5, of: 'theirs' } };
    const reached = (ratio: number) =>
      verdictsOf(row, { row: 'still', contenders: [contender], ratio: spread(ratio) });
    expect([0.49, 0.5].map((ratio) => reached(ratio)[0]?.reached)).toEqual([false, true]);
  });

  it('call what was not measured missed', () => {
    const row: Row = { ...still, aim: { ratio: 0, of: 'nobody' }, aims: { p50Ms: 1e9 } };
    const { latency: _, ...silent } = contender;
    const verdicts = verdictsOf(row, { row: 'still', contenders: [silent] });
    expect(verdicts.map(({ reached }) => reached)).toEqual([false, false]);
  });
});

describe('a contender', () => {
  it('is told how much of what it will run warms up, and runs that first', async () => {
    const runs: number[] = [];
    let told: readonly number[] = [];
    const start = async (units: number, warmUp: number) => {
      told = [units, warmUp];
      return {
        run: async (count: number) => void runs.push(count),
        stop: async () => undefined,
      };
    };
    await measure({ ...still, contenders: [{ name: 'ours', start }] });
    expect(told).toEqual([44, 4]);
    expect(runs).toEqual([4, 40]);
  });
});
