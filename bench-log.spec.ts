import { describe, expect, it } from '@jest/globals';
import { saidBy, shortForm } from './bench/short-form.ts';

/** The rows on a log and on its read model, each in its shortest form, of a small world. */
const ROWS: readonly (readonly [row: string, units: number])[] = [
  ['verify', 300],
  ['verify-bytes', 300],
  ['export', 300],
  ['difference', 2],
  ['hindsight', 2],
  ['log-filters', 4],
  ['situation', 4],
  ['append-sequential', 20],
  ['append-64-writers', 200],
  ['append-to-subscriber', 20],
  ['load-20-events', 20],
  ['load-20-events-kept', 20],
  ['rebuild', 300],
];

describe('a row of the bench on a log', () => {
  it.each(ROWS)('%s measures every contender', (row, units) => {
    const rates = shortForm(row, units, { BENCH_OBSERVATIONS: '2000' });
    expect(rates.length).toBeGreaterThan(0);
    for (const rate of rates) expect(rate).toBeGreaterThan(0);
  });
});

describe('the log that a node is measured with', () => {
  it('is one in which an auditor finds no flaw', () => {
    const script = `
      import { LogFile } from '@ceasewatch/auditor/log-file';
      import { verifyLog } from '@ceasewatch/auditor/verify-log';
      import { largeFolder } from './bench/large-log.ts';
      const { last, flaws } = verifyLog(new LogFile(await largeFolder(200)));
      console.log(JSON.stringify({ last, flaws: flaws.first }));
      process.exit(0);`;
    // 95 events found the centre, 220 report.
    expect(saidBy(script, {})).toEqual({ last: 314, flaws: [] });
  });
});
