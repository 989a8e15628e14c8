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
  /** What was measured beside it, at its worst: `slowest ms 412`. */
  readonly worst?: Readonly<Record<string, number>>;
}

export function added(one: Tested, other: Tested): Tested {
  const first = one.first ?? other.first;
  return {
    times: one.times + other.times,
    broken: one.broken + other.broken,
    ...(first === undefined ? {} : { first }),
    witness: merged(one.witness, other.witness, (a = 0, b = 0) => a + b),
    ...(one.worst === undefined && other.worst === undefined ? {} : { worst: worstOf(one, other) }),
  };
}

/** What a test saw, as it is printed: `acknowledged 4,112`. */
export function seen({ witness = {}, worst = {} }: Tested): readonly string[] {
  const said = ([name, value]: readonly [string, number]) =>
    `${name} ${value.toLocaleString('en')}`;
  return [...Object.entries(witness), ...Object.entries(worst)].map(said);
}

function worstOf(one: Tested, other: Tested): Readonly<Record<string, number>> {
  const least = Number.NEGATIVE_INFINITY;
  return merged(one.worst, other.worst, (a = least, b = least) => Math.max(a, b));
}

function merged(
  one: Tested['witness'] = {},
  other: Tested['witness'] = {},
  both: (a: number | undefined, b: number | undefined) => number,
): Readonly<Record<string, number>> {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, both(one[name], other[name])]));
}
