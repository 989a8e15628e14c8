import { cpuUsage, env } from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Latency } from './load/quantiles.ts';

/**
 * Measures contenders side by side: each warms up, then they take turns round by round in changing
 * order, so that a slow minute of the machine hits all of them. What counts is the ratio within a
 * round; absolute figures belong to the machine and the minute.
 */
export interface Row {
  readonly name: string;
  readonly title: string;
  /** What is counted: `event`, `request`. */
  readonly unit: string;
  readonly rounds: number;
  /** Units of a round; a tenth of them warms up, of contenders with fewer or more units as many. */
  readonly units: number;
  /** The aim, as a ratio of the first contender's rate to that of the one named `of`. */
  readonly aim?: { readonly ratio: number; readonly of: string };
  /** Aims of the first contender that stand by themselves, on a quiet two-core machine; see `Contender`. */
  readonly aims?: Aims;
  /** The product comes first. */
  readonly contenders: readonly Contender[];
  /**
   * Other systems that keep the same promise: measured when asked for, and to be surpassed, by rate, or
   * by the median time where the row's aim is one.
   */
  readonly peers?: readonly Peer[];
}

export interface Aims {
  /** At least so many units per second, on however many cores. */
  readonly perSecond?: number;
  /** At least so many units per second of processor time. */
  readonly perCore?: number;
  readonly p50Ms?: number;
  readonly p95Ms?: number;
  readonly p99Ms?: number;
  /** Of the slowest of all. */
  readonly maxMs?: number;
  /** At most so many times the time of a unit of the contender named `than`. */
  readonly slower?: { readonly times: number; readonly than: string };
  /** Megabytes held at most. */
  readonly memoryMb?: number;
  /** At most so much of a reading, by its name; told of every contender that has it. */
  readonly most?: Readings;
  /** At most so much above the median time of the contender named `to`. */
  readonly adds?: { readonly ms: number; readonly to: string };
}

/** What a row finds beside rate, time and memory, by its name with its unit: `scripts, KB`. */
export type Readings = Readonly<Record<string, number>>;

export interface Contender {
  readonly name: string;
  /** Its own, beside those of the row. */
  readonly aims?: Aims;
  /** Units of its round, where it is not measured over as many as the others. */
  readonly units?: number;
  /**
   * Called for every round: nothing of an earlier round is left. `units` is all that will be run, of
   * which `warmUp` come first, in a run of their own.
   */
  start(units: number, warmUp: number): Promise<Running>;
}

export interface Peer extends Contender {
  /** The variable that names the server it needs: where that is not set it is not measured. */
  readonly needs?: string;
  /**
   * How long it waits, by its own setting, before it looks again for what is new, milliseconds: one that
   * takes many times that in the median cannot follow at this pace, and a ratio would say nothing.
   */
  readonly looksEveryMs?: number;
  /** So many times as fast as this one the product wants to be, where that is more than faster. */
  readonly surpassed?: number;
}

/** How long each unit took. */
export interface Worked extends Latency {
  /** All of them, where to begin with them and to end takes time of its own. */
  readonly seconds?: number;
}

/** How long all of them took together, where none has a time of its own. */
export interface TookTogether {
  readonly seconds: number;
}

export interface Running {
  /** Does `units` units and returns when all are done, with how long each took where that counts. */
  run(units: number): Promise<Worked | TookTogether | void>;
  /** Processor time so far of the process that does the work, where it is not this one. */
  cpuMicros?(): Promise<number>;
  /** The most memory that process has held so far. */
  memoryBytes?(): Promise<number | undefined>;
  /** Of the last run. */
  readings?(): Promise<Readings>;
  stop(): Promise<void>;
}

/** What this machine could do in the minute in which a row was measured. */
export interface Limits {
  /** Pages of 4 KiB written and synced, per second. */
  readonly fdatasyncs: number;
  /** Turns of the yardstick of `processor.ts`, per second of processor time. */
  readonly turns: number;
}

export interface Measured {
  readonly row: string;
  readonly rounds: number;
  readonly contenders: readonly MeasuredContender[];
  /** Of the first contender to the one that the row's aim names. */
  readonly ratio?: Spread;
  /** So many times as fast as each peer the first contender was. */
  readonly ahead?: readonly Ahead[];
}

export interface Ahead {
  readonly of: string;
  readonly ratio: Spread;
  /** Whether that one could not follow, so that the ratio grows with the length of the round. */
  readonly saturated?: boolean;
}

export interface MeasuredContender {
  readonly name: string;
  /** Units per second. */
  readonly rate: Spread;
  /** Microseconds of CPU (user and system) per unit. */
  readonly cpuMicros: Spread;
  readonly latency?: {
    readonly p50Ms: Spread;
    readonly p95Ms?: Spread;
    readonly p99Ms: Spread;
    readonly maxMs?: Spread;
  };
  /** Megabytes held before the round's units, and at most by their end. */
  readonly memoryMb?: { readonly before: Spread; readonly most: Spread };
  readonly readings?: Readonly<Record<string, Spread>>;
}

export interface Spread {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

interface Round {
  readonly rate: number;
  readonly cpuMicros: number;
  readonly latency: Latency | undefined;
  readonly memoryMb: { readonly before: number; readonly most: number } | undefined;
  readonly readings: Readings | undefined;
}

/** @param options.peers whether the row's peers are measured too */
export async function measure(
  row: Row,
  { rounds = row.rounds, peers = false }: { rounds?: number | undefined; peers?: boolean } = {},
): Promise<Measured> {
  const isHere = ({ needs }: Peer) => needs === undefined || env[needs] !== undefined;
  const measuredPeers = peers ? (row.peers ?? []).filter(isHere) : [];
  const contenders = [...row.contenders, ...measuredPeers];
  const results = contenders.map((): Round[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const at of turnsOf(round, contenders.length)) {
      const contender = contenders[at];
      if (contender !== undefined) results[at]?.push(await measureOnce(contender, row.units));
    }
  }
  const roundsOf = (of: string) => results[contenders.findIndex(({ name }) => name === of)];
  const ratio = row.aim && spread(ratios(results[0], roundsOf(row.aim.of)));
  const isOfTime = row.aims?.p50Ms !== undefined;
  const ahead = measuredPeers.map(({ name, looksEveryMs }): Ahead => {
    const theirs = roundsOf(name);
    const ratio = spread((isOfTime ? ratiosOfTime : ratios)(results[0], theirs));
    return { of: name, ratio, ...(isSaturated(theirs, looksEveryMs) ? { saturated: true } : {}) };
  });
  return {
    row: row.name,
    rounds,
    contenders: contenders.map(({ name }, at) => ({
      name,
      rate: spread((results[at] ?? []).map(({ rate }) => rate)),
      cpuMicros: spread((results[at] ?? []).map(({ cpuMicros }) => cpuMicros)),
      ...latencies(results[at] ?? []),
      ...memories(results[at] ?? []),
      ...readingsOf(results[at] ?? []),
    })),
    ...(ratio === undefined ? {} : { ratio }),
    ...(ahead.length === 0 ? {} : { ahead }),
  };
}

/** Who looks every 50 ms waits 25 in the median, and is asked for some time; not four times as long. */
const SATURATED_TIMES = 4;

function isSaturated(rounds: readonly Round[] = [], looksEveryMs = Number.POSITIVE_INFINITY) {
  const { median } = spread(rounds.map(({ latency }) => latency?.p50Ms ?? Number.NaN));
  return median > SATURATED_TIMES * looksEveryMs;
}

/** Whatever a contender is measured over, it warms up by as many units as the row's others. */
async function measureOnce(contender: Contender, rowUnits: number): Promise<Round> {
  const units = contender.units ?? rowUnits;
  const warmUp = Math.ceil(rowUnits / 10);
  const running = await contender.start(units + warmUp, warmUp);
  try {
    await running.run(warmUp);
    // What was made beforehand is nobody's work: its garbage is gone before the clock starts.
    collectGarbage();
    const cpuMicros = running.cpuMicros?.bind(running) ?? ownCpuMicros;
    const before = megabytes(await running.memoryBytes?.());
    const cpuBefore = await cpuMicros();
    const began = performance.now();
    const worked = (await running.run(units)) ?? undefined;
    const elapsed = (performance.now() - began) / 1_000;
    const cpu = (await cpuMicros()) - cpuBefore;
    const most = megabytes(await running.memoryBytes?.());
    const memoryMb = before === undefined || most === undefined ? undefined : { before, most };
    const readings = await running.readings?.();
    const rate = units / (worked?.seconds ?? elapsed);
    const latency = worked !== undefined && 'p50Ms' in worked ? worked : undefined;
    return { rate, cpuMicros: cpu / units, latency, memoryMb, readings };
  } finally {
    await running.stop();
  }
}

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

async function ownCpuMicros(): Promise<number> {
  const { user, system } = cpuUsage();
  return user + system;
}

function latencies(rounds: readonly Round[]): Pick<MeasuredContender, 'latency'> {
  const measured = rounds.flatMap(({ latency }) => latency ?? []);
  if (measured.length === 0) return {};
  return {
    latency: {
      p50Ms: spread(measured.map(({ p50Ms }) => p50Ms)),
      p95Ms: spread(measured.map(({ p95Ms }) => p95Ms)),
      p99Ms: spread(measured.map(({ p99Ms }) => p99Ms)),
      maxMs: spread(measured.map(({ maxMs }) => maxMs)),
    },
  };
}

function memories(rounds: readonly Round[]): Pick<MeasuredContender, 'memoryMb'> {
  const measured = rounds.flatMap(({ memoryMb }) => memoryMb ?? []);
  if (measured.length === 0) return {};
  return {
    memoryMb: {
      before: spread(measured.map(({ before }) => before)),
      most: spread(measured.map(({ most }) => most)),
    },
  };
}

function readingsOf(rounds: readonly Round[]): Pick<MeasuredContender, 'readings'> {
  const measured = rounds.flatMap(({ readings }) => (readings === undefined ? [] : [readings]));
  const names = Object.keys(measured[0] ?? {});
  if (names.length === 0) return {};
  const spreads = names.map((name) => {
    return [name, spread(measured.map((each) => each[name] ?? Number.NaN))] as const;
  });
  return { readings: Object.fromEntries(spreads) };
}

function megabytes(bytes: number | undefined): number | undefined {
  return bytes === undefined ? undefined : bytes / 1e6;
}

/** 0 1 2, then 2 1 0, then 0 1 2 … */
function turnsOf(round: number, contenders: number): readonly number[] {
  const order = [...Array(contenders).keys()];
  return round % 2 === 0 ? order : order.reverse();
}

function ratios(ours: readonly Round[] = [], theirs: readonly Round[] = []): readonly number[] {
  return ours.map(({ rate }, round) => rate / (theirs[round]?.rate ?? Number.NaN));
}

/** How many times as long the others took in the median. */
function ratiosOfTime(ours: readonly Round[] = [], theirs: readonly Round[] = []) {
  const p50Of = (round: Round | undefined) => round?.latency?.p50Ms ?? Number.NaN;
  return ours.map((round, at) => p50Of(theirs[at]) / p50Of(round));
}

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (place: number) => sorted[place] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    lowest: at(0),
    highest: at(sorted.length - 1),
  };
}
