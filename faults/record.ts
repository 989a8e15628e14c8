import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { commit, machine } from '../scripts/provenance.ts';
import { added, type FaultPromise, type Tested } from './fault-promise.ts';

/**
 * How often each promise was put to the test on these sources, and how often it was broken: kept after
 * every piece, so that a run over night may be stopped and gone on with. Other sources begin anew.
 */
const tested = z.object({
  times: z.number(),
  broken: z.number(),
  first: z.string().exactOptional(),
  witness: z.record(z.string(), z.number()).exactOptional(),
  worst: z.record(z.string(), z.number()).exactOptional(),
});
const record = z.object({
  format: z.literal('ceasewatch.faults.1'),
  begun: z.string(),
  commit: z.string(),
  machine: z.string(),
  promises: z.record(z.string(), tested),
});
export type FaultRecord = z.infer<typeof record>;

export class KeptRecord {
  readonly #file: string;
  #record: FaultRecord;

  constructor(file: string) {
    this.#file = file;
    this.#record = readRecord(file) ?? {
      format: 'ceasewatch.faults.1',
      begun: new Date().toISOString(),
      commit: commit(),
      machine: machine(),
      promises: {},
    };
  }

  get record(): FaultRecord {
    return this.#record;
  }

  of({ id }: FaultPromise): Tested {
    return this.#record.promises[id] ?? { times: 0, broken: 0 };
  }

  add(promise: FaultPromise, piece: Tested): void {
    const { promises } = this.#record;
    const sum = added(this.of(promise), piece);
    this.#record = { ...this.#record, promises: { ...promises, [promise.id]: sum } };
    mkdirSync(dirname(this.#file), { recursive: true });
    // A run that is stopped while it writes has the record from before.
    writeFileSync(`${this.#file}.part`, `${JSON.stringify(this.#record, null, 2)}\n`);
    renameSync(`${this.#file}.part`, this.#file);
  }
}

/** Undefined where there is none of these very sources, which only a commit tells. @throws ZodError for a file that is no record */
function readRecord(file: string): FaultRecord | undefined {
  if (!existsSync(file)) return undefined;
  const kept = record.parse(JSON.parse(readFileSync(file, 'utf8')));
  return kept.commit === commit() && !kept.commit.endsWith('+') ? kept : undefined;
}
