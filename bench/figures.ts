import { join } from 'node:path';
import { projectRoot } from '../scripts/source-tree.ts';
import { writePart } from '../scripts/written-part.ts';
import type { Spread } from './harness.ts';
import type { BenchRecord, MeasuredRow } from './record.ts';

/**
 * The figures of docs/figures.md, written from a record and by nobody's hand: for each row what every
 * contender did, the limits of that minute, the ratio and the aim.
 */
export function writeFigures(record: BenchRecord): Promise<void> {
  return writePart(join(projectRoot, 'docs/figures.md'), 'figures', figures(record));
}

/** Markdown. */
export function figures({ begun, commit, machine, rows }: BenchRecord): string {
  const minute = begun.slice(0, 16).replace('T', ' ');
  return [`Commit \`${commit}\`, ${minute} UTC, ${machine}.`, ...rows.map(section)].join('\n\n');
}

function section(row: MeasuredRow): string {
  const { fdatasyncs, turns } = row.limits;
  const minute = `${whole(fdatasyncs)} fdatasyncs a second, ${whole(turns)} turns of the yardstick a CPU second`;
  const said = [...row.verdicts.map((verdict) => verdict.said), `limits of the minute: ${minute}`];
  return [
    `### ${row.row}`,
    `${capital(row.title)}. Median of ${row.rounds} rounds, in brackets the range.`,
    contenders(row),
    said.map((each) => `- ${each}`).join('\n'),
  ].join('\n\n');
}

function contenders(row: MeasuredRow): string {
  const head = ['contender', `${row.unit}s a second`, `CPU a ${row.unit}`, 'p50', 'p99', 'memory'];
  const lines = row.contenders.map(({ name, rate, cpuMicros, latency, memoryMb }) => [
    name,
    ranged(rate, whole),
    ranged(cpuMicros, micros),
    latency === undefined ? '' : ranged(latency.p50Ms, millis),
    latency === undefined ? '' : ranged(latency.p99Ms, millis),
    memoryMb === undefined
      ? ''
      : `${whole(memoryMb.before.median)} → ${ranged(memoryMb.most, mega)}`,
  ]);
  return table([head, ...lines]);
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
