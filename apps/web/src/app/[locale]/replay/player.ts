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
  /** Resolves when it has been drawn: the next is shown no sooner. */
  show(seq: number): Promise<void>;
  /** The end of what is known was reached, or nothing could be asked: then with the error. */
  ended(error?: unknown): void;
  /** Milliseconds of a steady clock. */
  now(): number;
  /** @returns what forgets it */
  after(ms: number, act: () => void): () => void;
}

/** Twenty states a second and one in reserve: what is drawn at frames does not keep to the millisecond. */
export const TICK_MS = 48;
/** A second of it: as many states as a node tells in one answer. */
const PARTS = 20;
/** Asked again when so few are left. */
const LEFT = 30;
/**
 * What a stall made late is shown one by one as fast as it can be drawn. A desk that is always too slow
 * is at most so many behind, and leaves the others out: a day in a second stays a day in a second.
 */
export const LATE = 10;

export class Player {
  readonly #deps: PlayerDeps;
  #speed: Speed = 1;
  /** Recorded time, in milliseconds: of what was shown last, until when it is asked for, of the last event. */
  #instant = 0;
  #asked = 0;
  #end = 0;
  /** The last event at each tick that comes, and when the first of them is due by the steady clock. */
  #coming: readonly number[] = [];
  #dueAt = 0;
  #shown: number | undefined;
  #isPlaying = false;
  #isAsking = false;
  #isDrawing = false;
  #forget: (() => void) | undefined;
  /** Aborted when what was asked before is of no use any more. */
  #run = new AbortController();

  constructor(deps: PlayerDeps) {
    this.#deps = deps;
  }

  get isPlaying(): boolean {
    return this.#isPlaying;
  }

  /**
   * @param instant where it begins, recorded time in milliseconds
   * @param end the last event's; there it stops
   */
  start(instant: number, end: number, speed: Speed): void {
    this.stop();
    this.#isPlaying = true;
    this.#end = end;
    this.#shown = undefined;
    this.#begin(instant, speed);
  }

  /** Goes on from where it is, faster or slower. */
  setSpeed(speed: Speed): void {
    if (this.#isPlaying) this.#begin(this.#instant, speed);
  }

  stop(): void {
    this.#isPlaying = false;
    this.#forgetNext();
    this.#run.abort();
  }

  #begin(instant: number, speed: Speed): void {
    this.#forgetNext();
    this.#run.abort();
    this.#run = new AbortController();
    this.#isAsking = false;
    this.#isDrawing = false;
    this.#speed = speed;
    this.#instant = instant;
    this.#asked = instant;
    this.#coming = [];
    this.#dueAt = this.#deps.now() + TICK_MS;
    this.#goOn();
  }

  /** Whatever comes next: the next state, the end, or the answer that is waited for. */
  #goOn(): void {
    if (this.#coming.length < LEFT && this.#asked < this.#end) void this.#askAhead();
    if (this.#isDrawing || this.#forget !== undefined) return;
    if (this.#coming.length > 0) {
      const wait = Math.max(0, this.#dueAt - this.#deps.now());
      this.#forget = this.#deps.after(wait, () => void this.#showDue());
    } else if (this.#asked >= this.#end) {
      this.stop();
      this.#deps.ended();
    }
  }

  async #showDue(): Promise<void> {
    this.#forget = undefined;
    const { signal } = this.#run;
    const late = Math.floor((this.#deps.now() - this.#dueAt) / TICK_MS);
    const ticks = Math.min(this.#coming.length, 1 + Math.max(0, late - LATE));
    const seq = this.#coming[ticks - 1] ?? -1;
    this.#coming = this.#coming.slice(ticks);
    this.#dueAt += ticks * TICK_MS;
    this.#instant += ticks * this.#step;
    // Before the first event there is nothing, and the same state once more is no drawing.
    if (seq >= 0 && seq !== this.#shown) {
      const isFirst = this.#shown === undefined;
      this.#shown = seq;
      this.#isDrawing = true;
      await this.#deps.show(seq);
      if (signal.aborted) return;
      this.#isDrawing = false;
      // A play begins when something of it is seen, and has nothing to make up for.
      if (isFirst) this.#dueAt = this.#deps.now() + TICK_MS;
    }
    this.#goOn();
  }

  async #askAhead(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const { signal } = this.#run;
    const until = this.#asked + this.#step * PARTS;
    try {
      const { through } = await this.#deps.ask(
        instantOf(this.#asked),
        instantOf(until),
        PARTS,
        signal,
      );
      if (signal.aborted) return;
      this.#isAsking = false;
      // Where all that was known has been shown, the clock of the play stood still meanwhile.
      if (this.#coming.length === 0) this.#dueAt = Math.max(this.#dueAt, this.#deps.now());
      const toTheEnd = Math.ceil((this.#end - this.#asked) / this.#step);
      this.#coming = [...this.#coming, ...through.slice(0, toTheEnd)];
      this.#asked = until;
    } catch (error) {
      if (signal.aborted) return;
      this.stop();
      return this.#deps.ended(error);
    }
    this.#goOn();
  }

  /** Milliseconds of recorded time from one tick to the next. */
  get #step(): number {
    return TICK_MS * this.#speed;
  }

  #forgetNext(): void {
    this.#forget?.();
    this.#forget = undefined;
  }
}

/** The end of a stretch that was asked for whole, in milliseconds; null for a log without events. */
export function endOf({ to }: LogMoments): number | null {
  return to === null ? null : millis(to);
}
