/**
 * A promise of the product, and how it is put to the test: so often in a run that somebody waits for, so
 * often over night. A file of `faults/promises` exports one as `promise`.
 */
export interface FaultPromise {
  /** As docs/figures.md numbers them. */
  readonly id: string;
  readonly says: string;
  /** What one test is: `kill`, `power cut`. */
  readonly unit: string;
  readonly usual: number;
  readonly full: number;
  /** How many are tried at once, between two of which a run may be stopped and gone on with. */
  readonly piece: number;
  /** The spec of `npm test` in which it is put to the test in short. */
  readonly short: string;
  /** Why it cannot be tested on this machine. */
  readonly whyNot?: () => string | undefined;
  /** @param seed of this piece alone, so that it can be run again */
  readonly test: (times: number, seed: string) => Promise<Tested>;
}

export interface Tested {
  readonly times: number;
  /** How often the promise was broken. */
  readonly broken: number;
  /** The first time, so that somebody can look for it. */
  readonly first?: string;
  /** What shows that the test tested something: `acknowledged 4,112`. */
  readonly witness?: Readonly<Record<string, number>>;
}

export function added(one: Tested, other: Tested): Tested {
  const first = one.first ?? other.first;
  const names = new Set([...Object.keys(one.witness ?? {}), ...Object.keys(other.witness ?? {})]);
  const sum = (name: string) => (one.witness?.[name] ?? 0) + (other.witness?.[name] ?? 0);
  return {
    times: one.times + other.times,
    broken: one.broken + other.broken,
    ...(first === undefined ? {} : { first }),
    witness: Object.fromEntries([...names].map((name) => [name, sum(name)])),
  };
}
