import type { LogMoments } from '@ceasewatch/api/contract/log-moments';
import { instantOf, millis } from '../../../format/instants.ts';

/**
 * Plays the log in recorded time. It asks ahead which event is the last at each of its ticks, so that a
 * day in a second and a quiet hour cost the same: a short list of numbers. While that list is on its way
 * the clock of the play stands still; nothing is left out. It knows no React and no clock of its own.
 */
export const SPEEDS = [1, 60, 600, 3_600, 86_400] as const;
export type Speed = (typeof SPEEDS)[number];

export interface PlayerDeps {
  /** The last event at each of so many instants, evenly from one to another, milliseconds. */
  ask(from: string, to: string, parts: number, signal: AbortSignal): Promise<LogMoments>;
  show(seq: number): void;
  /** The end of what is known was reached, or nothing could be asked: then with the error. */
  ended(error?: unknown): void;
  /** Milliseconds of a steady clock. */
  now(): number;
  /** @returns what stops it */
  every(ms: number, tick: () => void): () => void;
}

/** Twenty states a second. */
export const TICK_MS = 50;
/** A second of it: as many states as a node tells in one answer. */
const PARTS = 20;
/** Asked again when so many ticks are left. */
const LEFT = 30;
/** Stretches that may still be shown while the next is asked for. */
const KEPT = 2;

interface Stretch {
  readonly from: number;
  readonly step: number;
  readonly before: number;
  readonly through: readonly number[];
}

export class Player {
  readonly #deps: PlayerDeps;
  #stop: (() => void) | undefined;
  #speed: Speed = 1;
  /** The played instant when the clock was last set, and that clock; milliseconds. */
  #set = { instant: 0, now: 0 };
  #end = Number.POSITIVE_INFINITY;
  #stretches: readonly Stretch[] = [];
  #asking = false;
  /** Aborted when what was asked before is of no use any more. */
  #run = new AbortController();

  constructor(deps: PlayerDeps) {
    this.#deps = deps;
  }

  get isPlaying(): boolean {
    return this.#stop !== undefined;
  }

  /**
   * @param instant where it begins, recorded time in milliseconds
   * @param end the last event's; there it stops
   */
  start(instant: number, end: number, speed: Speed): void {
    this.stop();
    this.#end = end;
    this.#begin(instant, speed);
    this.#stop = this.#deps.every(TICK_MS, () => this.#tick());
  }

  /** Goes on from where it is, faster or slower. */
  setSpeed(speed: Speed): void {
    if (this.isPlaying) this.#begin(this.#instant(), speed);
  }

  stop(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#run.abort();
  }

  #begin(instant: number, speed: Speed): void {
    this.#run.abort();
    this.#run = new AbortController();
    this.#asking = false;
    this.#speed = speed;
    this.#stretches = [];
    this.#set = { instant, now: this.#deps.now() };
    void this.#askAhead(instant);
  }

  #instant(): number {
    return this.#set.instant + (this.#deps.now() - this.#set.now) * this.#speed;
  }

  #tick(): void {
    const known = this.#knownUntil();
    let instant = this.#instant();
    if (instant > known && known < this.#end) {
      // What comes is not known yet: the clock of the play waits for it.
      instant = known;
      this.#set = { instant, now: this.#deps.now() };
    }
    const seq = this.#seqAt(instant);
    if (seq !== undefined && seq >= 0) this.#deps.show(seq);
    if (instant >= this.#end && known >= this.#end) {
      this.stop();
      return this.#deps.ended();
    }
    if (known < this.#end && known - instant < LEFT * TICK_MS * this.#speed)
      void this.#askAhead(known);
  }

  #knownUntil(): number {
    const last = this.#stretches.at(-1);
    return last === undefined ? this.#set.instant : last.from + last.step * last.through.length;
  }

  #seqAt(instant: number): number | undefined {
    const stretch = this.#stretches.findLast(({ from }) => from <= instant);
    if (stretch === undefined) return undefined;
    const part = Math.floor((instant - stretch.from) / stretch.step) - 1;
    return part < 0 ? stretch.before : stretch.through[Math.min(part, stretch.through.length - 1)];
  }

  async #askAhead(from: number): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    const { signal } = this.#run;
    const step = TICK_MS * this.#speed;
    try {
      const { before, through } = await this.#deps.ask(
        instantOf(from),
        instantOf(from + step * PARTS),
        PARTS,
        signal,
      );
      if (signal.aborted) return;
      this.#asking = false;
      const stretch = { from, step, before, through };
      this.#stretches = [...this.#stretches.slice(-KEPT), stretch];
    } catch (error) {
      if (signal.aborted) return;
      this.stop();
      this.#deps.ended(error);
    }
  }
}

/** The end of a stretch that was asked for whole, in milliseconds; null for a log without events. */
export function endOf({ to }: LogMoments): number | null {
  return to === null ? null : millis(to);
}
