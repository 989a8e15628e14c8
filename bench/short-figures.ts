import { saidReading, threeDigits } from './digits.ts';
import type { Spread } from './harness.ts';
import type { BenchRecord, MeasuredRow } from './record.ts';

/**
 * The figures in short, a line for each row that was ever measured: what the product did, how it stands
 * beside the reference and the peers of the same minute, and whether that reaches its aims. What was not
 * measured this time keeps its line. Behind what was measured stand the rounds, `2/3` where the row asks
 * for three, and a `+` where the tree had what no commit has.
 *
 * @param before what was written earlier
 */
export function shortFigures({ rows, commit }: BenchRecord, before = ''): string {
  const lines = new Map(
    before.split('\n').flatMap((line) => {
      const [, row] = /\(docs\/figures\.md#([\w-]+)\)/.exec(line) ?? [];
      // As prettier left it: without the room it makes, or one long cell would move every line.
      return row === undefined ? [] : [[row, narrow(line)] as const];
    }),
  );
  for (const row of rows) lines.set(row.row, shortLine(row, commit.endsWith('+')));
  const sorted = [...lines].sort(([one], [other]) => (one < other ? -1 : 1));
  const head = ['| what | measured | beside it | aims |', '| --- | --- | --- | --- |'];
  return [...head, ...sorted.map(([, line]) => line)].join('\n');
}

function shortLine(row: MeasuredRow, changed: boolean): string {
  const missed = row.verdicts.filter(({ reached }) => !reached).map(({ said }) => said);
  const aims = missed.length === 0 ? 'reached' : missed.join('; ');
  const cells = [
    `[${row.title}](docs/figures.md#${row.row})`,
    [measured(row), saidRounds(row, changed)].filter((each) => each !== '').join('; '),
    beside(row),
    row.verdicts.length === 0 ? '' : aims,
  ];
  return narrow(`| ${cells.join(' | ')} |`);
}

/** `2/3 rounds +` */
function saidRounds({ rounds, roundsAsked = rounds }: MeasuredRow, changed: boolean): string {
  const all = rounds < roundsAsked ? `${rounds}/${roundsAsked}` : `${rounds}`;
  return `${all} round${Math.max(rounds, roundsAsked) === 1 ? '' : 's'}${changed ? ' +' : ''}`;
}

function narrow(line: string): string {
  return line.replace(/ +/g, ' ');
}

/** How long it takes where that counts, else how fast it is; its own readings where it has some. */
function measured({ contenders: [ours], unit }: MeasuredRow): string {
  if (ours === undefined) return '';
  const { rate, latency, memoryMb, readings } = ours;
  const read = Object.entries(readings ?? {}).map(
    ([name, each]) => `${saidReading(name, each.median)}${range(each, threeDigits)}`,
  );
  // Where it is not asked what is held, the work is a page's, and its readings say it all.
  if (readings !== undefined && memoryMb === undefined) return read.join(', ');
  const held =
    memoryMb === undefined
      ? []
      : [`${threeDigits(memoryMb.most.median)} MB${range(memoryMb.most, threeDigits)}`];
  return [...pace(unit, rate, latency), ...held, ...read].join(', ');
}

/** Of a row that only waits, in seconds, there is none. */
function pace(
  unit: string,
  aSecond: Spread,
  latency: MeasuredRow['contenders'][number]['latency'],
): readonly string[] {
  if (latency !== undefined) {
    const { p50Ms, p99Ms } = latency;
    return [`p50 ${millis(p50Ms)}, p99 ${millis(p99Ms)}`];
  }
  if (unit === 'second') return [];
  return [`${threeDigits(aSecond.median)} ${unit}s a second${range(aSecond, threeDigits)}`];
}

function millis(spread: Spread): string {
  const said = (value: number) => value.toFixed(1);
  return `${said(spread.median)} ms${range(spread, said)}`;
}

/** Of the rounds; none where there was one, or where all were the same. */
function range({ lowest, highest }: Spread, said: (value: number) => string): string {
  return lowest === highest ? '' : ` (${said(lowest)} to ${said(highest)})`;
}

function beside({ ratio, ratioOf, ahead = [] }: MeasuredRow): string {
  const reference =
    ratio === undefined || ratioOf === undefined
      ? []
      : [`${threeDigits(ratio.median)}${range(ratio, threeDigits)} of ${ratioOf}`];
  const peers = ahead.map(({ of, ratio: times, saturated = false }) => {
    if (saturated) return `${of} is saturated`;
    return `${threeDigits(times.median)} times ${of}${range(times, threeDigits)}`;
  });
  return [...reference, ...peers].join(', ');
}
