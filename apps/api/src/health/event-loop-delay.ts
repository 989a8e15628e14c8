import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How long whoever comes waits for the event loop, milliseconds: half of all moments, all but one of a hundred, and the worst. */
export interface Delay {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Often enough to see what lasts ten milliseconds, the most that anything may; it costs a thousandth of a core. */
const RESOLUTION_MS = 10;
/** Long enough for a p99 of thousands, short enough for an alarm that ends soon after its cause. */
const WINDOW_MS = 60_000;
const NANOSECONDS_A_MS = 1e6;
const PRECISION_MS = 0.1;

/**
 * The delay of the event loop over the last half minute to minute: since the start would soon say
 * nothing, for a good month hides a bad minute and a bad one stays for ever. Two histograms take turns at
 * being forgotten, and the one that knows more is asked.
 */
export class EventLoopDelay {
  readonly #windowMs: number;
  readonly #timer: NodeJS.Timeout;
  #older = watching();
  #newer = watching();

  /** @param windowMs a test has a shorter one */
  constructor(windowMs = WINDOW_MS) {
    this.#windowMs = windowMs;
    this.#timer = setInterval(() => this.#turn(), this.#windowMs / 2).unref();
  }

  get last(): Delay {
    const turns = turnsOf(this.#older);
    return { p50: waitOf(turns, 0.5), p99: waitOf(turns, 0.99), max: beyond(this.#older.max) };
  }

  close(): void {
    clearInterval(this.#timer);
    this.#older.disable();
    this.#newer.disable();
  }

  #turn(): void {
    const forgotten = this.#older;
    forgotten.reset();
    this.#older = this.#newer;
    this.#newer = forgotten;
  }
}

function watching() {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  return histogram;
}

/** Turns of the loop that took about as long. */
interface Turns {
  readonly share: number;
  readonly tookMs: number;
  /** For how long of it the loop was busy with something else than waiting. */
  readonly heldMs: number;
}

function turnsOf(histogram: ReturnType<typeof watching>): readonly Turns[] {
  let before = 0;
  return [...histogram.percentiles].map(([percentile, nanoseconds]) => {
    const share = percentile - before;
    before = percentile;
    return { share, tookMs: nanoseconds / NANOSECONDS_A_MS, heldMs: beyond(nanoseconds) };
  });
}

/**
 * How long those wait at most who come at this share of all moments. A turn of five seconds is one of
 * hundreds and yet half of a time of ten: who comes anywhere within it waits for what is left of it.
 */
function waitOf(turns: readonly Turns[], share: number): number {
  const time = turns.reduce((sum, { share: weight, tookMs }) => sum + weight * tookMs, 0);
  const longerThan = (ms: number) =>
    turns.reduce((sum, { share: weight, heldMs }) => sum + weight * Math.max(0, heldMs - ms), 0);
  let [low, high] = [0, Math.max(0, ...turns.map(({ heldMs }) => heldMs))];
  while (high - low > PRECISION_MS) {
    const middle = (low + high) / 2;
    if (longerThan(middle) > (1 - share) * time) low = middle;
    else high = middle;
  }
  return low;
}

/** What Node counts is from one look to the next, with the time that was asked for. */
function beyond(nanoseconds: number): number {
  return Math.max(0, nanoseconds / NANOSECONDS_A_MS - RESOLUTION_MS);
}
