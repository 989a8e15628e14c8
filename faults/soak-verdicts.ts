/** What is looked at every minute of a soak. */
export interface Sample {
  readonly minute: number;
  readonly heapMb: number;
  readonly residentMb: number;
  readonly walMb: number;
  readonly logMb: number;
  readonly handles: number | undefined;
  readonly lag: number;
  readonly p99DelayMs: number;
}

/** What was held by nobody's hand any more, after all dashboards had left. */
export interface AtRest {
  /** Of each kind so many more than at first. */
  readonly moreHandles: ReadonlyMap<string, number>;
}

export interface SoakVerdict {
  readonly said: string;
  /** Undefined where the soak was too short to tell. */
  readonly kept: boolean | undefined;
}

/** Until then a node compiles what is hot and fills what it keeps; only afterwards it must be flat. */
const WARM_MINUTES = 30;
/** So long at least that the second and the last quarter both lie behind that, and tell of something. */
const LEAST_MINUTES = 60;
const PART_MORE = 0.1;
/** What a collection leaves or takes from one minute to the next. */
const MB_MORE = 5;
/**
 * SQLite keeps pages in caches: 64 MB of the readers together, 16 of the writer of rows, 4 of the log.
 * Resident memory may grow until they are full; what no file has yet, none of them can hold.
 */
const CACHES_MB = 84;
const MOST_RESIDENT_MB = 350;
/** Two files, of log and rows, that are each carried over at 16 MB, and as much again while one reads. */
const MOST_WAL_MB = 64;
/** Of files that grow by what is reported, at an even pace. */
const FILES_FASTER = 1.25;
/** Threads and their queues, files of the data folder and what is compiled, once there are questions. */
const OWN_HANDLES = 32;
/** The one that asks for these very figures, and one that is being closed. */
const MOST_SOCKETS = 2;

/** Whether memory, files, WAL and handles of a node that was left alone stay within bounds. */
export function soakVerdicts(all: readonly Sample[], rest: AtRest): readonly SoakVerdict[] {
  return [
    ...memoryVerdicts(all),
    verdict('resident at most', most(all, 'residentMb'), MOST_RESIDENT_MB),
    verdict('WAL at most', most(all, 'walMb'), MOST_WAL_MB),
    filesVerdict(all),
    ...handlesVerdicts(rest),
  ];
}

/** Markdown, a line each. */
export function saidVerdicts(verdicts: readonly SoakVerdict[]): string {
  const word = (kept: boolean | undefined) =>
    kept === undefined ? 'not judged' : kept ? 'kept' : 'BROKEN';
  return verdicts.map(({ said, kept }) => `- ${said}: ${word(kept)}`).join('\n');
}

function memoryVerdicts(all: readonly Sample[]): readonly SoakVerdict[] {
  const warm = all.filter(({ minute }) => minute > WARM_MINUTES);
  if (all.length < LEAST_MINUTES) {
    const why = `of ${all.length} minutes, at least ${LEAST_MINUTES} are needed`;
    return [{ said: `heap and resident flat (${why})`, kept: undefined }];
  }
  // The first quarter is the one in which it became warm, of two hours the first half of an hour.
  const length = Math.floor(all.length / 4);
  const [early, late] = [warm.slice(0, length), warm.slice(-length)];
  const couldBeCached = (part: readonly Sample[]) => Math.min(CACHES_MB, middle(part, 'logMb'));
  const cached = couldBeCached(late) - couldBeCached(early);
  return [
    flat('heap', 'heapMb', early, late, 0),
    flat('resident', 'residentMb', early, late, cached),
  ];
}

function flat(
  name: string,
  key: 'heapMb' | 'residentMb',
  early: readonly Sample[],
  late: readonly Sample[],
  cachedMb: number,
): SoakVerdict {
  const [was, is] = [middle(early, key), middle(late, key)];
  const bound = was * (1 + PART_MORE) + MB_MORE + cachedMb;
  const caches = cachedMb > 0 ? `, of which ${mega(cachedMb)} for SQLite's caches` : '';
  const from = `median of the last quarter ${mega(is)}, of the one after half an hour ${mega(was)}`;
  return { said: `${name} flat: ${from}, at most ${mega(bound)}${caches}`, kept: is <= bound };
}

function filesVerdict(all: readonly Sample[]): SoakVerdict {
  const [first, half, last] = [all[0], all[all.length >> 1], all.at(-1)];
  if (all.length < 3 || first === undefined || half === undefined || last === undefined) {
    return { said: 'files grow by what is reported', kept: undefined };
  }
  const aMinute = (from: Sample, to: Sample) => (to.logMb - from.logMb) / (to.minute - from.minute);
  const [before, after] = [aMinute(first, half), aMinute(half, last)];
  const bound = Math.max(0, before) * FILES_FASTER + MB_MORE / all.length;
  const said = `files grow by ${after.toFixed(2)} MB a minute in the second half, ${before.toFixed(2)} in the first`;
  return { said: `${said}, at most ${bound.toFixed(2)}`, kept: after <= bound };
}

function handlesVerdicts({ moreHandles }: AtRest): readonly SoakVerdict[] {
  const sockets = moreHandles.get('socket') ?? 0;
  const own = [...moreHandles.values()].reduce((sum, more) => sum + more, 0) - sockets;
  return [
    bounded('sockets more than at first, when all had left', sockets, MOST_SOCKETS),
    bounded('other handles more than at first, of its own threads and files', own, OWN_HANDLES),
  ];
}

function verdict(what: string, found: number, bound: number): SoakVerdict {
  return { said: `${what} ${mega(found)}, at most ${mega(bound)}`, kept: found <= bound };
}

function bounded(what: string, found: number, bound: number): SoakVerdict {
  return { said: `${what} ${found}, at most ${bound}`, kept: found <= bound };
}

function most(all: readonly Sample[], key: 'residentMb' | 'walMb'): number {
  return Math.max(...all.map((each) => each[key]));
}

function middle(part: readonly Sample[], key: 'heapMb' | 'residentMb' | 'logMb'): number {
  const sorted = part.map((each) => each[key]).toSorted((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

function mega(value: number): string {
  return `${value.toFixed(1)} MB`;
}
