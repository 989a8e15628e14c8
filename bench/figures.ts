import { join } from 'node:path';
import { projectRoot } from '../scripts/source-tree.ts';
import { readPart, writePart } from '../scripts/written-part.ts';
import { threeDigits } from './digits.ts';
import type { Spread } from './harness.ts';
import type { BenchRecord, MeasuredRow } from './record.ts';
import { shortFigures } from './short-figures.ts';

const FILE = join(projectRoot, 'docs/figures.md');
const README = join(projectRoot, 'README.md');
const PART = 'figures';

/**
 * The figures of docs/figures.md, written from a record and by nobody's hand: for each row what every
 * contender did, the limits of that minute, the ratio and the aim; in the README a line of it. What was
 * not measured this time stays as it is, with its own commit and minute.
 */
export async function writeFigures(record: BenchRecord): Promise<void> {
  await writePart(FILE, PART, figures(record, readPart(FILE, PART)));
  await writePart(README, PART, shortFigures(record, readPart(README, PART)));
}

/** Markdown, a section for each row in the order of their names. @param before what was written earlier */
export function figures(record: BenchRecord, before = ''): string {
  const [, ...sections] = before.split(/^### /m);
  const all = new Map(sections.map((each) => [each.split('\n')[0], `### ${each}`.trim()]));
  for (const row of record.rows) all.set(row.row, section(row, record));
  return [...all]
    .sort(([one = ''], [other = '']) => (one < other ? -1 : 1))
    .map(([, each]) => each)
    .join('\n\n');
}

function section(row: MeasuredRow, { begun, commit, machine }: BenchRecord): string {
  const { fdatasyncs, turns } = row.limits;
  const minute = `${whole(fdatasyncs)} fdatasyncs a second, ${whole(turns)} turns of the yardstick a CPU second`;
  const changed = commit.endsWith('+') ? ' (with changes that no commit has)' : '';
  const said = [
    ...row.verdicts.map((verdict) => verdict.said),
    `limits of the minute: ${minute}`,
    `commit \`${commit}\`${changed}, ${begun.slice(0, 16).replace('T', ' ')} UTC, ${machine}`,
  ];
  return [
    `### ${row.row}`,
    `${capital(row.title)}. ${saidRounds(row)}`,
    contenders(row),
    ...readings(row),
    said.map((each) => `- ${each}`).join('\n'),
  ].join('\n\n');
}

function saidRounds({ rounds, roundsAsked = rounds }: MeasuredRow): string {
  const asked = rounds < roundsAsked ? ` of the ${roundsAsked} that the row asks for` : '';
  if (rounds === 1) return `One round${asked}, so there is no range.`;
  return `Median of ${rounds} rounds${asked}, in brackets the range.`;
}

function contenders(row: MeasuredRow): string {
  const head = [
    'contender',
    `${row.unit}s a second`,
    `CPU a ${row.unit}`,
    'p50',
    'p95',
    'p99',
    'memory',
  ];
  const lines = row.contenders.map(({ name, rate, cpuMicros, latency, memoryMb }) => [
    name,
    ranged(rate, pace),
    ranged(cpuMicros, micros),
    latency === undefined ? '' : ranged(latency.p50Ms, millis),
    latency?.p95Ms === undefined ? '' : ranged(latency.p95Ms, millis),
    latency === undefined ? '' : ranged(latency.p99Ms, millis),
    memoryMb === undefined
      ? ''
      : `${whole(memoryMb.before.median)} → ${ranged(memoryMb.most, mega)}`,
  ]);
  return table([head, ...lines]);
}

/** A table of its own, a line for each: they are many, and named with their unit. */
function readings({ contenders: all }: MeasuredRow): readonly string[] {
  const having = all.filter((each) => each.readings !== undefined);
  const names = Object.keys(having[0]?.readings ?? {});
  if (names.length === 0) return [];
  const lines = names.map((name) => [
    name,
    ...having.map(({ readings: own }) => {
      const found = own?.[name];
      return found === undefined ? '' : ranged(found, threeDigits);
    }),
  ]);
  return [table([['', ...having.map(({ name }) => name)], ...lines])];
}

function table([head = [], ...lines]: readonly (readonly string[])[]): string {
  const used = head.map((_, at) => lines.some((line) => line[at] !== ''));
  const row = (cells: readonly string[]) =>
    `| ${cells.filter((_, at) => used[at] === true).join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...lines.map(row)].join('\n');
}

function ranged({ median, lowest, highest }: Spread, said: (value: number) => string): string {
  return lowest === highest
    ? said(median)
    : `${said(median)} (${said(lowest)} to ${said(highest)})`;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function pace(value: number): string {
  return value < 10 ? threeDigits(value) : whole(value);
}

function micros(value: number): string {
  return `${value < 10 ? value.toFixed(1) : whole(value)} µs`;
}

function millis(value: number): string {
  return `${value.toFixed(1)} ms`;
}

function mega(value: number): string {
  return `${whole(value)} MB`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
