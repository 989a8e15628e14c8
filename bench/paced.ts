import type { Contender } from './harness.ts';
import { type Latency, latencyOf } from './load/quantiles.ts';
import { type SampleEvent, sampleEvents } from './sample-events.ts';

/** Milliseconds of a clock that all processes of this machine share. */
export function sharedNow(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/**
 * Appends at a pace, whether or not those before have been answered, and measures each from the call
 * until the last of its watchers has seen it.
 */
export class PacedAppends {
  readonly #perSecond: number;
  readonly #watchers: number;
  readonly #sent = new Map<string, { readonly at: number; missing: number; last: number }>();
  #took: number[] = [];
  #check = (): void => undefined;

  constructor(perSecond: number, watchers = 1) {
    this.#perSecond = perSecond;
    this.#watchers = watchers;
  }

  /** A watcher has seen an event, `at` that moment of the shared clock. */
  seen(id: string, at = sharedNow()): void {
    const each = this.#sent.get(id);
    if (each === undefined) return;
    each.missing -= 1;
    each.last = Math.max(each.last, at);
    if (each.missing > 0) return;
    this.#took.push(each.last - each.at);
    this.#check();
  }

  async run(
    samples: readonly SampleEvent[],
    append: (sample: SampleEvent, at: number) => Promise<unknown>,
  ): Promise<Latency> {
    this.#took = [];
    const all = new Promise<void>((resolve) => {
      this.#check = () => void (this.#took.length === samples.length && resolve());
    });
    const answers: Promise<unknown>[] = [];
    const began = performance.now();
    for (const [at, sample] of samples.entries()) {
      const wait = began + (at * 1_000) / this.#perSecond - performance.now();
      if (wait > 0) await new Promise((resume) => setTimeout(resume, wait));
      const { id } = sample.event.envelope;
      this.#sent.set(id, { at: sharedNow(), missing: this.#watchers, last: 0 });
      answers.push(append(sample, at));
    }
    await inTime(Promise.all([all, ...answers]), () => {
      return `of ${samples.length} events only ${this.#took.length} were seen`;
    });
    return latencyOf(Float64Array.from(this.#took));
  }
}

/** What a follower has not been told long after the last append it will never be told. */
const LOST_AFTER_MS = 60_000;

async function inTime(work: Promise<unknown>, why: () => string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(why())), LOST_AFTER_MS);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A store with a follower in the same process. */
export interface FollowedStore {
  append(sample: SampleEvent): Promise<unknown>;
  stop(): Promise<void>;
}

/** @param open opens the store, whose follower tells the id of every event */
export function followedContender(
  name: string,
  perSecond: number,
  open: (told: (id: string) => void) => Promise<FollowedStore>,
): Contender {
  return {
    name,
    async start(units) {
      const paced = new PacedAppends(perSecond);
      const { append, stop } = await open((id) => paced.seen(id));
      const samples = [...sampleEvents(units, units)];
      return { run: (count) => paced.run(samples.splice(0, count), append), stop };
    },
  };
}
