import { describe, expect, it } from '@jest/globals';
import { compare } from './bench/compare.ts';
import { figures } from './bench/figures.ts';
import { measure, type MeasuredContender, type Row } from './bench/harness.ts';
import { type BenchRecord, type MeasuredRow, recordedRow } from './bench/record.ts';
import { shortFigures } from './bench/short-figures.ts';
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
  latency: { p50Ms: spread(2), p95Ms: spread(5), p99Ms: spread(9), maxMs: spread(20) },
};

describe('the verdicts of a measurement', () => {
  it.each([
    [
      { perSecond: 100, perCore: 1_000, p50Ms: 2, p95Ms: 5, p99Ms: 9, maxMs: 20 },
      Array(6).fill(true),
    ],
    [
      { perSecond: 101, perCore: 1_001, p50Ms: 1.9, p95Ms: 4.9, p99Ms: 8.9, maxMs: 19 },
      Array(6).fill(false),
    ],
    [{}, []],
  ])('of aims %j are %j', (aims, reached) => {
    const verdicts = verdictsOf(
      { ...still, aims },
      { row: 'still', rounds: 1, contenders: [contender] },
    );
    expect(verdicts.map((each) => each.reached)).toEqual(reached);
  });

  it.each([
    [0.5, true],
    [0.4, false],
  ])('of what ours may add, %d ms at the median, is %j', (ms, reached) => {
    const theirs = {
      ...contender,
      name: 'theirs',
      latency: { p50Ms: spread(1.5), p99Ms: spread(9) },
    };
    const verdicts = verdictsOf(
      { ...still, aims: { adds: { ms, to: 'theirs' } } },
      { row: 'still', rounds: 1, contenders: [contender, theirs] },
    );
    expect(verdicts).toMatchObject([{ reached }]);
  });

  it('of a ratio compare its median', () => {
    const row: Row = { ...still, aim: { ratio: 0.5, of: 'theirs' } };
    const reached = (ratio: number) =>
      verdictsOf(row, { row: 'still', rounds: 1, contenders: [contender], ratio: spread(ratio) });
    expect([0.49, 0.5].map((ratio) => reached(ratio)[0]?.reached)).toEqual([false, true]);
  });

  it('of a contender of its own speak of it by name', () => {
    const start = () => Promise.reject(new Error('nothing is run'));
    const large = { name: 'large', start, aims: { p95Ms: 9, slower: { times: 2, than: 'ours' } } };
    const row: Row = { ...still, contenders: [large] };
    const judged = (perSecond: number) => {
      const contenders = [contender, { ...contender, name: 'large', rate: spread(perSecond) }];
      return verdictsOf(row, { row: 'still', rounds: 1, contenders });
    };
    expect(judged(50).map(({ said }) => said)).toEqual([
      'large: p95 5.0 ms, aim 9: reached',
      'large: 2.00 times the time of ours, aim 2: reached',
    ]);
    expect(judged(49).map(({ reached }) => reached)).toEqual([true, false]);
  });

  it('never call a peer surpassed that was not measured', () => {
    const start = () => Promise.reject(new Error('nothing is run'));
    const row: Row = { ...still, peers: ['one', 'other'].map((name) => ({ name, start })) };
    const measured = { row: 'still', rounds: 1, contenders: [contender] };
    expect(verdictsOf(row, measured)).toEqual([
      { said: 'ahead of every peer: not measured', reached: false },
    ]);
    const ahead = [{ of: 'one', ratio: spread(2) }];
    expect(verdictsOf(row, { ...measured, ahead })).toEqual([
      { said: '2.00 times one: ahead', reached: true },
      { said: 'ahead of other: not measured', reached: false },
    ]);
  });

  it('call what was not measured missed', () => {
    const row: Row = { ...still, aim: { ratio: 0, of: 'nobody' }, aims: { p50Ms: 1e9 } };
    const { latency: _, ...silent } = contender;
    const verdicts = verdictsOf(row, { row: 'still', rounds: 1, contenders: [silent] });
    expect(verdicts.map(({ reached }) => reached)).toEqual([false, false]);
  });
});

describe('a reading', () => {
  const paints = (ms: number) => ({ ...contender, readings: { 'paint, ms': spread(ms) } });
  const row: Row = { ...still, aims: { most: { 'paint, ms': 100 } } };
  const judged = (...all: MeasuredContender[]) =>
    verdictsOf(row, { row: 'still', rounds: 1, contenders: all });

  it('is measured after each round, beside rate and time', async () => {
    const found = [7, 9, 8];
    const start = async () => ({
      run: async () => undefined,
      readings: async () => ({ 'paint, ms': found.shift() ?? 0 }),
      stop: async () => undefined,
    });
    const measured = await measure({ ...still, rounds: 3, contenders: [{ name: 'ours', start }] });
    const readings = { 'paint, ms': { median: 8, lowest: 7, highest: 9 } };
    expect(measured.contenders).toMatchObject([{ readings }]);
  });

  it('reaches its aim when it is at most so much, told of every contender', () => {
    expect(judged(paints(100), { ...paints(1_103), name: 'theirs' })).toEqual([
      { said: 'ours: paint 100 ms, aim 100: reached', reached: true },
      { said: 'theirs: paint 1,103 ms, aim 100: missed', reached: false },
    ]);
  });

  it('that was not taken has missed its aim', () => {
    expect(judged(contender)).toMatchObject([{ reached: false }]);
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

  it('is measured beside its peers when they are asked for, and told whether it is ahead', async () => {
    const waiting = (name: string, ms: number) => {
      const run = () => new Promise<void>((resolve) => setTimeout(resolve, ms));
      return { name, start: async () => ({ run, stop: async () => undefined }) };
    };
    const row = { ...still, contenders: [waiting('ours', 1)], peers: [waiting('theirs', 600)] };
    expect((await measure(row)).contenders).toHaveLength(1);
    const measured = await measure(row, { peers: true });
    expect(measured.contenders.map(({ name }) => name)).toEqual(['ours', 'theirs']);
    expect(verdictsOf(row, measured)).toMatchObject([{ reached: true }]);
    const behind = { ...measured, ahead: [{ of: 'theirs', ratio: spread(0.5) }] };
    expect(verdictsOf(row, behind)).toEqual([
      { said: '0.50 times theirs: behind', reached: false },
    ]);
  });

  it('is ahead by its median time where that is its aim, by as much as it wants to be', async () => {
    const taking = (name: string, p50Ms: number) => {
      const run = async () => ({ p50Ms, p95Ms: p50Ms, p99Ms: p50Ms, maxMs: p50Ms });
      return { name, start: async () => ({ run, stop: async () => undefined }) };
    };
    const peers = [
      { ...taking('barely', 3), surpassed: 2 },
      { ...taking('clearly', 8), surpassed: 2 },
    ];
    const row = { ...still, aims: { p50Ms: 5 }, contenders: [taking('ours', 2)], peers };
    const verdicts = verdictsOf(row, await measure(row, { peers: true }));
    expect(verdicts.map(({ said }) => said)).toEqual([
      'p50 2.0 ms, aim 5: reached',
      '1.50 times barely, aim 2: missed',
      '4.00 times clearly, aim 2: reached',
    ]);
  });
});

describe('a peer', () => {
  const taking = (name: string, p50Ms: number) => {
    const run = async () => ({ p50Ms, p95Ms: p50Ms, p99Ms: p50Ms, maxMs: p50Ms });
    return { name, start: async () => ({ run, stop: async () => undefined }) };
  };

  it('is measured where its server is named, and else told as not measured', async () => {
    const away = { ...taking('away', 1), needs: 'CEASEWATCH_NO_SUCH_VARIABLE' };
    const row = { ...still, contenders: [taking('ours', 1)], peers: [taking('here', 2), away] };
    const measured = await measure(row, { peers: true });
    expect(measured.contenders.map(({ name }) => name)).toEqual(['ours', 'here']);
    expect(verdictsOf(row, measured).at(-1)?.said).toBe('ahead of away: not measured');
  });

  it('that cannot follow is told as saturated, and by no figure', async () => {
    const polling = (p50Ms: number) => ({ ...taking('theirs', p50Ms), looksEveryMs: 50 });
    const saidOf = async (p50Ms: number) => {
      const row = {
        ...still,
        aims: { p50Ms: 5 },
        contenders: [taking('ours', 1)],
        peers: [polling(p50Ms)],
      };
      return verdictsOf(row, await measure(row, { peers: true })).at(-1);
    };
    expect(await saidOf(30)).toEqual({ said: '30.00 times theirs: ahead', reached: true });
    expect(await saidOf(457)).toEqual({ said: 'theirs is saturated: ahead', reached: true });
  });

  it('with fewer units warms up by as many as the others', async () => {
    const runs: number[] = [];
    const run = async (count: number) => void runs.push(count);
    const start = async () => ({ run, stop: async () => undefined });
    await measure({ ...still, contenders: [{ name: 'ours', start, units: 8 }] });
    expect(runs).toEqual([4, 8]);
  });
});

describe('a record of the bench', () => {
  const limits = { fdatasyncs: 1_000, turns: 100 };
  const against = { ...still, aim: { ratio: 0.5, of: 'theirs' } };
  const measured = { row: 'still', rounds: 3, contenders: [contender] };
  const record = (...rows: MeasuredRow[]): BenchRecord => {
    const [begun, machine] = ['2026-11-22T12:00:00.000Z', 'a machine'];
    return { format: 'ceasewatch.bench.1', begun, commit: 'abc', machine, rows };
  };
  const withRatio = (median: number, range = 0) => {
    const ratio = { median, lowest: median - range, highest: median + range };
    return record(recordedRow(against, { ...measured, ratio }, limits));
  };

  it.each([
    ['fell', withRatio(0.8), withRatio(0.7), true],
    ['rose', withRatio(0.7), withRatio(0.8), false],
    ['fell within what nobody can tell apart', withRatio(0.8), withRatio(0.77), false],
    ['fell within the noise of then', withRatio(0.8, 0.2), withRatio(0.7), false],
    ['fell within the noise of now', withRatio(0.8), withRatio(0.7, 0.2), false],
  ])('tells of a ratio that %s whether it became slower', (_, then, now, slower) => {
    expect(compare(then, now)).toMatchObject([{ row: 'still', slower }]);
  });

  it('compares a row without a rival by its processor time beside the yardstick', () => {
    const taking = (cpuMicros: number, turns: number) => {
      const contenders = [{ ...contender, cpuMicros: spread(cpuMicros) }];
      return record(recordedRow(still, { ...measured, contenders }, { ...limits, turns }));
    };
    expect(compare(taking(1_000, 100), taking(2_000, 50))).toMatchObject([{ slower: false }]);
    expect(compare(taking(1_000, 100), taking(2_000, 100))).toMatchObject([{ slower: true }]);
  });

  it('leaves out what only one of both has', () => {
    expect(compare(record(), withRatio(0.7))).toEqual([]);
    expect(compare(withRatio(0.7), record())).toEqual([]);
  });

  it('is told with commit, machine, every contender and every verdict', () => {
    const told = figures(withRatio(0.4));
    expect(told).toContain('- commit `abc`, 2026-11-22 12:00 UTC, a machine');
    expect(told).toContain('| ours | 100 | 1,000 µs | 2.0 ms | 5.0 ms | 9.0 ms |');
    expect(told).toContain('- ratio 0.40 (0.40 to 0.40), aim 0.5: missed');
  });

  it('is told in short by a line for each row, which a later one takes the place of', () => {
    const lines = (text: string) => text.split('\n').slice(2);
    const first = shortFigures(withRatio(0.4));
    expect(lines(first)).toEqual([
      '| [contenders that do nothing](docs/figures.md#still) | p50 2.0 ms, p99 9.0 ms; 3 rounds | 0.4 of theirs | ratio 0.40 (0.40 to 0.40), aim 0.5: missed |',
    ]);
    const other = {
      ...measured,
      row: 'a-row',
      contenders: [{ ...contender, rate: spread(1_234) }],
    };
    const both = shortFigures(
      record(recordedRow({ ...still, name: 'a-row' }, other, limits)),
      first,
    );
    expect(lines(both)).toHaveLength(2);
    expect(lines(shortFigures(withRatio(0.6), both)).at(-1)).toContain('| reached |');
    expect(shortFigures(record(), both)).toBe(both);
  });

  it('tells in short the range, rounds that are missing and a tree that no commit has', () => {
    const range = { median: 1_234, lowest: 1_000, highest: 1_500 };
    const few = { ...measured, rounds: 2, contenders: [{ ...contender, rate: range }] };
    const { latency: _, ...ours } = { ...contender, rate: range };
    const rows = [recordedRow({ ...still, rounds: 3 }, { ...few, contenders: [ours] }, limits)];
    const changed = { ...record(...rows), commit: 'abc+' };
    expect(shortFigures(changed)).toContain(
      '| 1,234 nothings a second (1,000 to 1,500); 2/3 rounds + |',
    );
    expect(figures(changed)).toContain('Median of 2 rounds of the 3 that the row asks for');
    expect(figures(changed)).toContain('`abc+` (with changes that no commit has)');
  });

  it('tells readings in a table of their own', () => {
    const readings = { 'paint, ms': spread(1_103), shift: spread(0.002) };
    const told = figures(
      record(recordedRow(still, { ...measured, contenders: [{ ...contender, readings }] }, limits)),
    );
    expect(told).toContain('| paint, ms | 1,103 |\n| shift | 0.002 |');
  });

  it('takes the place of the same rows and leaves the others as they were measured', () => {
    const rowOf = (row: Row) => recordedRow(row, { ...measured, row: row.name }, limits);
    const first = figures(record(rowOf({ ...still, name: 'other' }), rowOf(still)));
    const later = { ...record(rowOf(still)), commit: 'def' };
    const both = figures(later, `\n\n${first}\n\n`);
    expect(both.split('### ').slice(1).map(commitsIn)).toEqual([['abc'], ['def']]);
    expect(figures(later, both)).toBe(both);
  });
});

function commitsIn(section: string): readonly string[] {
  return [...section.matchAll(/commit `(\w+)`/g)].map(([, commit = '']) => commit);
}
