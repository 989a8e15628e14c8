import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { commit, machine } from '../scripts/provenance.ts';
import type { Limits, Measured, Row } from './harness.ts';
import { verdictsOf } from './verdicts.ts';

/**
 * What a run of the bench found, as `--json` writes it and `--compare` and docs/figures.md read it: the
 * commit, the machine, and of every row what was measured with the limits of that very minute.
 */
const spread = z.object({ median: z.number(), lowest: z.number(), highest: z.number() });
const contender = z.object({
  name: z.string(),
  rate: spread,
  cpuMicros: spread,
  latency: z
    .object({
      p50Ms: spread,
      p95Ms: spread.exactOptional(),
      p99Ms: spread,
      maxMs: spread.exactOptional(),
    })
    .exactOptional(),
  memoryMb: z.object({ before: spread, most: spread }).exactOptional(),
  readings: z.record(z.string(), spread).exactOptional(),
});
const measuredRow = z.object({
  row: z.string(),
  title: z.string(),
  unit: z.string(),
  rounds: z.number(),
  /** What the row asks for; a run may be told another number. */
  roundsAsked: z.number().exactOptional(),
  contenders: z.array(contender),
  ratio: spread.exactOptional(),
  ratioOf: z.string().exactOptional(),
  ahead: z
    .array(z.object({ of: z.string(), ratio: spread, saturated: z.boolean().exactOptional() }))
    .exactOptional(),
  limits: z.object({ fdatasyncs: z.number(), turns: z.number() }),
  verdicts: z.array(z.object({ said: z.string(), reached: z.boolean() })),
});
const record = z.object({
  format: z.literal('ceasewatch.bench.1'),
  begun: z.string(),
  commit: z.string(),
  machine: z.string(),
  rows: z.array(measuredRow),
});

export type BenchRecord = z.infer<typeof record>;
export type MeasuredRow = z.infer<typeof measuredRow>;

export function recordedRow(row: Row, measured: Measured, limits: Limits): MeasuredRow {
  return {
    row: row.name,
    title: row.title,
    unit: row.unit,
    rounds: measured.rounds,
    roundsAsked: row.rounds,
    contenders: [...measured.contenders],
    ...(measured.ratio === undefined ? {} : { ratio: measured.ratio }),
    ...(row.aim === undefined ? {} : { ratioOf: row.aim.of }),
    ...(measured.ahead === undefined ? {} : { ahead: [...measured.ahead] }),
    limits,
    verdicts: [...verdictsOf(row, measured)],
  };
}

export function recordOf(begun: Date, rows: readonly MeasuredRow[]): BenchRecord {
  return {
    format: 'ceasewatch.bench.1',
    begun: begun.toISOString(),
    commit: commit(),
    machine: machine(),
    rows: [...rows],
  };
}

export function writeRecord(file: string, made: BenchRecord): void {
  writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`);
}

/** @throws ZodError for a file that is no record */
export function readRecord(file: string): BenchRecord {
  return record.parse(JSON.parse(readFileSync(file, 'utf8')));
}
