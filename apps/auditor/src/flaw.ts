/** What can be wrong with a log, in a closed list. */
export const FLAW_KINDS = [
  'missing_event',
  'renumbered',
  'stray_event',
  'leaf_altered',
  'leaf_too_large',
  'chain_broken',
  'swapped',
  'not_canonical',
  'malformed_envelope',
  'unknown_type',
  'malformed_data',
  'not_of_this_log',
  'wrong_stream',
  'wrong_revision',
  'time_goes_back',
  'forbidden',
  'occurs_after_recorded',
  'resolved_otherwise',
  'disclosure_altered',
  'disclosure_missing',
  'erased_without_event',
  'erased_but_there',
  'stray_disclosure',
  'unreadable',
  'file_altered',
  'other_head',
  'other_event',
] as const;
export type FlawKind = (typeof FLAW_KINDS)[number];

/**
 * Kinds that say what should not have been written, not that it is other than what was written: rules may have
 * grown stricter since.
 */
const JUDGEMENTS: ReadonlySet<string> = new Set<FlawKind>([
  'time_goes_back',
  'forbidden',
  'occurs_after_recorded',
  'resolved_otherwise',
]);

export function isJudgement(kind: string): boolean {
  return JUDGEMENTS.has(kind);
}

/** Stands for a number where a flaw is of no event, but of the file that holds them. */
export const OF_THE_FILE = -1;

/** One thing that is wrong: at which event, and of which kind. */
export class Flaw extends Error {
  readonly seq: number;
  readonly kind: FlawKind;

  constructor(seq: number, kind: FlawKind, message: string) {
    super(message);
    this.name = 'Flaw';
    this.seq = seq;
    this.kind = kind;
  }
}

export interface ToldFlaw {
  readonly seq: number;
  readonly kind: FlawKind;
  /** One clause for people, in English. */
  readonly message: string;
}

/** All flaws of a log, of which the first few are told in full. */
export interface Flaws {
  readonly count: number;
  readonly byKind: Readonly<Partial<Record<FlawKind, number>>>;
  /** By number, the first first. */
  readonly first: readonly ToldFlaw[];
}

const MOST_TOLD = 20;

export class FlawList {
  readonly #byKind: Partial<Record<FlawKind, number>> = {};
  readonly #told: ToldFlaw[] = [];
  #count = 0;

  add({ seq, kind, message }: Flaw): void {
    this.#count += 1;
    this.#byKind[kind] = (this.#byKind[kind] ?? 0) + 1;
    this.#told.push({ seq, kind, message });
    // What is only known at the end may speak of an early event.
    if (this.#told.length > MOST_TOLD) this.#told.sort(byNumber).pop();
  }

  all(): Flaws {
    return { count: this.#count, byKind: this.#byKind, first: this.#told.toSorted(byNumber) };
  }
}

/** What is wrong with the file comes after what is wrong with events, which says more; kinds as they are listed. */
function byNumber(one: ToldFlaw, other: ToldFlaw): number {
  if (one.seq === other.seq) return FLAW_KINDS.indexOf(one.kind) - FLAW_KINDS.indexOf(other.kind);
  if (one.seq === OF_THE_FILE) return 1;
  return other.seq === OF_THE_FILE ? -1 : one.seq - other.seq;
}

/** Where a flaw is, for people. */
export function placeOf(seq: number): string {
  return seq === OF_THE_FILE ? 'the file' : `event ${seq}`;
}

/** What `check` throws, where it is a flaw. */
export function flawOf(check: () => void): Flaw | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof Flaw) return error;
    throw error;
  }
}
