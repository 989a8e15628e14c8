import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { commit, machine } from '../scripts/provenance.ts';
import { added, type FaultPromise, type Tested } from './fault-promise.ts';

/**
 * How often each promise was put to the test, on which sources, and how often it was broken: kept after
 * every piece, so that a run over night may be stopped and gone on with. On other sources a promise
 * begins anew, and those that are not tried there stand with the sources that they were tried on.
 */
const tested = z.object({
  begun: z.string(),
  commit: z.string(),
  machine: z.string(),
  times: z.number(),
  broken: z.number(),
  first: z.string().exactOptional(),
  witness: z.record(z.string(), z.number()).exactOptional(),
  worst: z.record(z.string(), z.number()).exactOptional(),
});
const FORMAT = 'ceasewatch.faults.2';
const anyFormat = z.looseObject({ format: z.string() });
const record = z.object({
  format: z.literal(FORMAT),
  promises: z.record(z.string(), tested),
});
export type TestedPromise = z.infer<typeof tested>;
export type FaultRecord = z.infer<typeof record>;

export class KeptRecord {
  readonly #file: string;
  readonly #sources = { commit: commit(), machine: machine() };
  /** The promises that were put to the test on these very sources. */
  readonly #ofThese: Set<string>;
  #record: FaultRecord;

  /** @throws ZodError for a file that is no record */
  constructor(file: string) {
    this.#file = file;
    this.#record = readRecord(file) ?? { format: FORMAT, promises: {} };
    const kept = Object.entries(this.#record.promises);
    const ofThese = kept.filter(([, of]) => this.#isOfThese(of));
    this.#ofThese = new Set(ofThese.map(([id]) => id));
  }

  get record(): FaultRecord {
    return this.#record;
  }

  /** What these sources were put to. */
  of({ id }: FaultPromise): Tested {
    return this.#kept(id) ?? { times: 0, broken: 0 };
  }

  add(promise: FaultPromise, piece: Tested): void {
    const { begun = new Date().toISOString() } = this.#kept(promise.id) ?? {};
    const sum = { begun, ...this.#sources, ...added(this.of(promise), piece) };
    this.#record = {
      ...this.#record,
      promises: { ...this.#record.promises, [promise.id]: sum },
    };
    this.#ofThese.add(promise.id);
    mkdirSync(dirname(this.#file), { recursive: true });
    // A run that is stopped while it writes has the record from before.
    writeFileSync(`${this.#file}.part`, `${JSON.stringify(this.#record, null, 2)}\n`);
    renameSync(`${this.#file}.part`, this.#file);
  }

  #kept(id: string): TestedPromise | undefined {
    return this.#ofThese.has(id) ? this.#record.promises[id] : undefined;
  }

  /** Only a commit tells which sources they were; what no commit has is other sources every time. */
  #isOfThese(kept: TestedPromise): boolean {
    const { commit: of, machine: on } = this.#sources;
    return kept.commit === of && kept.machine === on && !of.endsWith('+');
  }
}

/** Undefined where there is none, and for one that an earlier release kept. */
function readRecord(file: string): FaultRecord | undefined {
  if (!existsSync(file)) return undefined;
  const kept = anyFormat.parse(JSON.parse(readFileSync(file, 'utf8')));
  return kept.format === FORMAT ? record.parse(kept) : undefined;
}
