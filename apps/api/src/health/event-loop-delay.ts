import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How late the event loop was, milliseconds beyond the time that was asked for. */
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
    return {
      p50: beyond(this.#older.percentile(50)),
      p99: beyond(this.#older.percentile(99)),
      max: beyond(this.#older.max),
    };
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

/** What Node counts is from one look to the next, with the time that was asked for. */
function beyond(nanoseconds: number): number {
  return Math.max(0, nanoseconds / NANOSECONDS_A_MS - RESOLUTION_MS);
}
