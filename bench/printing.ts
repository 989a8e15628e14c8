import { stdout } from 'node:process';
import type { Comparison } from './compare.ts';
import { threeDigits } from './digits.ts';
import type { Spread } from './harness.ts';
import type { MeasuredRow } from './record.ts';

/** What a run of the bench says on the terminal. */
export function printRow({ row, title, unit, contenders, verdicts, limits }: MeasuredRow): void {
  stdout.write(`\n${row}: ${title}\n`);
  for (const { name, rate, cpuMicros, latency, memoryMb, readings = {} } of contenders) {
    const cpu = `${cpuMicros.median.toFixed(0)} us CPU per ${unit}`;
    line(name, `${figure(rate.median)}/s ${range(rate)}  ${cpu}`);
    if (latency !== undefined) {
      const { p50Ms, p95Ms, p99Ms } = latency;
      const p95 = p95Ms === undefined ? '' : `, p95 ${millis(p95Ms)}`;
      line('', `p50 ${millis(p50Ms)}${p95}, p99 ${millis(p99Ms)}`);
    }
    if (memoryMb !== undefined) {
      const { before, most } = memoryMb;
      const grown = `${figure(before.median).trim()} MB before, ${figure(most.median).trim()} MB`;
      line('', `${grown} at most ${range(most).trim()}`);
    }
    for (const [reading, { median, lowest, highest }] of Object.entries(readings)) {
      line(
        '',
        `${reading}: ${threeDigits(median)} (${threeDigits(lowest)} to ${threeDigits(highest)})`,
      );
    }
  }
  for (const { said } of verdicts) stdout.write(`  ${said}\n`);
  line('this disk, write 4 KiB and fdatasync', `${figure(limits.fdatasyncs)}/s`);
  line('this processor, turns of the yardstick', `${figure(limits.turns)}/s of CPU`);
}

export function printComparison(comparisons: readonly Comparison[]): void {
  stdout.write('\nthen and now, each by its ratio\n');
  for (const { row, of, then, now, noise, slower } of comparisons) {
    const moved = `${percent(now / then - 1)}, noise ${percent(noise)}`;
    line(row, `${then.toFixed(3)} → ${now.toFixed(3)} ${of} (${moved})${slower ? ': SLOWER' : ''}`);
  }
}

function line(name: string, said: string): void {
  stdout.write(`  ${name.padEnd(38)}${said}\n`);
}

function percent(part: number): string {
  return `${(part * 100).toFixed(0)} %`;
}

function millis({ median, lowest, highest }: Spread): string {
  return `${median.toFixed(1)} ms (${lowest.toFixed(1)} to ${highest.toFixed(1)})`;
}

function figure(value: number): string {
  const said = value < 10 ? threeDigits(value) : Math.round(value).toLocaleString('en');
  return said.padStart(9);
}

function range({ lowest, highest }: Spread): string {
  return `(${figure(lowest).trim()} to ${figure(highest).trim()})`.padEnd(22);
}
