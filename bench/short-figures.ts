import { saidReading, threeDigits } from './digits.ts';
import type { BenchRecord, MeasuredRow } from './record.ts';

/**
 * The figures in short, a line for each row that was ever measured: what the product did, how it stands
 * beside the reference and the peers of the same minute, and whether that reaches its aims. What was not
 * measured this time keeps its line.
 *
 * @param before what was written earlier
 */
export function shortFigures({ rows }: BenchRecord, before = ''): string {
  const lines = new Map(
    before.split('\n').flatMap((line) => {
      const [, row] = /\(docs\/figures\.md#([\w-]+)\)/.exec(line) ?? [];
      // As prettier left it: without the room it makes, or one long cell would move every line.
      return row === undefined ? [] : [[row, narrow(line)] as const];
    }),
  );
  for (const row of rows) lines.set(row.row, shortLine(row));
  const sorted = [...lines].sort(([one], [other]) => (one < other ? -1 : 1));
  const head = ['| what | measured | beside it | aims |', '| --- | --- | --- | --- |'];
  return [...head, ...sorted.map(([, line]) => line)].join('\n');
}

function shortLine(row: MeasuredRow): string {
  const missed = row.verdicts.filter(({ reached }) => !reached).map(({ said }) => said);
  const aims = missed.length === 0 ? 'reached' : missed.join('; ');
  const cells = [
    `[${row.title}](docs/figures.md#${row.row})`,
    measured(row),
    beside(row),
    row.verdicts.length === 0 ? '' : aims,
  ];
  return narrow(`| ${cells.join(' | ')} |`);
}

function narrow(line: string): string {
  return line.replace(/ +/g, ' ');
}

/** How long it takes where that counts, else how fast it is; its own readings where it has some. */
function measured({ contenders: [ours], unit }: MeasuredRow): string {
  if (ours === undefined) return '';
  const { rate, latency, memoryMb, readings } = ours;
  if (readings !== undefined) {
    return Object.entries(readings)
      .map(([name, { median }]) => saidReading(name, median))
      .join(', ');
  }
  const held = memoryMb === undefined ? [] : [`${threeDigits(memoryMb.most.median)} MB`];
  return [...pace(unit, rate.median, latency), ...held].join(', ');
}

/** Of a row that only waits, in seconds, there is none. */
function pace(
  unit: string,
  aSecond: number,
  latency: MeasuredRow['contenders'][number]['latency'],
): readonly string[] {
  if (latency !== undefined) {
    const { p50Ms, p99Ms } = latency;
    return [`p50 ${p50Ms.median.toFixed(1)} ms, p99 ${p99Ms.median.toFixed(1)} ms`];
  }
  return unit === 'second' ? [] : [`${threeDigits(aSecond)} ${unit}s a second`];
}

function beside({ ratio, ratioOf, ahead = [] }: MeasuredRow): string {
  const reference =
    ratio === undefined || ratioOf === undefined
      ? []
      : [`${threeDigits(ratio.median)} of ${ratioOf}`];
  const peers = ahead.map((each) => `${threeDigits(each.ratio.median)} times ${each.of}`);
  return [...reference, ...peers].join(', ');
}
