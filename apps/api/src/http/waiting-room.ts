import { performance } from 'node:perf_hooks';

/**
 * Where commands wait between their last byte and their turn. Left alone, Node would answer each as soon
 * as it is read. Then a turn of the event loop lasts for as long as the crowd sends (libuv reads 48 times
 * 1,024 sockets before anything else has its turn), and whoever connects waits longest, for of those one
 * is taken in a turn. So a turn begins no more commands than go into one transaction and turns away a few;
 * who is not answered sends nothing, which keeps the next turn short. Nobody is let in who would wait for
 * long at the pace of the last ones, and whoever is let in has his turn. docs/adr/0014-overload.md.
 */

/** Begun in one turn at most: with what a turn reads and answers beside them it stays short. */
const TURN_COMMANDS = 64;
/** So long somebody may wait at the pace of the last turns; when a crowd comes all at once it becomes thrice that. */
const LONGEST_WAIT_MS = 150;
/** Few enough may wait at any pace, or a machine that was held up would turn away what it can take. */
const ALWAYS_ROOM_FOR = 2 * TURN_COMMANDS;
/** Each may hold a body of 256 KiB. */
const MOST_WAITING = 512;
/** Begun and not answered: a distant store holds as many until its next leader is elected. */
const MOST_BEGUN = 512;
/** Those of a turn are begun in it, unless that takes longer. */
const SLICE_MS = 20;
/** So long a turn may turn people away. */
const REFUSING_MS = 10;
/** For so long at most nothing is begun while connections come in: one a turn, so turns must be short. */
const INTAKE_MS = 20;
/** Between two commands, before any was measured: a node that has just started is slow. */
const FIRST_PACE_MS = 2;
/** How much the last turn counts for the pace. */
const WEIGHT = 0.2;

/** Told once the answer has gone out, or nobody is left to hear it. */
interface Answering {
  once(event: 'close', told: () => void): unknown;
}

export class WaitingRoom {
  readonly #waiting = new Set<() => void>();
  readonly #leaving = new Set<() => void>();
  readonly #now: () => number;
  #begun = 0;
  #isDue = false;
  #hasConnected = false;
  #intakeUntil: number | undefined;
  #paceMs = FIRST_PACE_MS;
  /** When the last turn ended that left somebody waiting. */
  #busySince: number | undefined;
  /** Commands that were told to come again later. */
  refused = 0;

  /** @param now milliseconds of a clock that never goes back */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Begun and not answered. */
  get begun(): number {
    return this.#begun;
  }

  get mostBegun(): number {
    return MOST_BEGUN;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** How many may wait now. */
  get places(): number {
    const inTime = Math.floor(LONGEST_WAIT_MS / this.#paceMs) - this.#begun;
    return Math.min(MOST_WAITING, Math.max(ALWAYS_ROOM_FOR, inTime));
  }

  get isFull(): boolean {
    return this.#waiting.size >= this.places;
  }

  /** Somebody has connected, and others may stand behind him. */
  noteConnection(): void {
    this.#hasConnected = true;
  }

  /** Calls `begin` when it is his turn, unless the answer was closed before. */
  enter(answer: Answering, begin: () => void): void {
    let isBegun = false;
    const waiting = (): void => {
      isBegun = true;
      this.#begun += 1;
      begin();
    };
    this.#waiting.add(waiting);
    answer.once('close', () => {
      this.#waiting.delete(waiting);
      if (isBegun) this.#begun -= 1;
      this.#schedule();
    });
    this.#schedule();
  }

  /** Calls `refuse` soon, unless the answer was closed before. */
  turnAway(answer: Answering, refuse: () => void): void {
    this.refused += 1;
    this.#leaving.add(refuse);
    answer.once('close', () => this.#leaving.delete(refuse));
    this.#schedule();
  }

  #schedule(): void {
    const mayBegin = this.#waiting.size > 0 && this.#begun < MOST_BEGUN;
    if (this.#isDue || (!mayBegin && this.#leaving.size === 0)) return;
    this.#isDue = true;
    setImmediate(this.#turn);
  }

  readonly #turn = (): void => {
    const now = this.#now();
    if (this.#hasConnected && now < (this.#intakeUntil ??= now + INTAKE_MS)) {
      this.#hasConnected = false;
      setImmediate(this.#turn);
      return;
    }
    this.#intakeUntil = undefined;
    let begun = 0;
    // Counted from the first one: before him the sockets are read once more.
    let until: number | undefined;
    const next = (): void => {
      until ??= this.#now() + SLICE_MS;
      if (this.#now() > until || this.#begun >= MOST_BEGUN) return;
      for (const waiting of this.#waiting) {
        this.#waiting.delete(waiting);
        begun += 1;
        return waiting();
      }
    };
    // An immediate each: what follows from one is done before the next one begins.
    for (let left = Math.min(TURN_COMMANDS, this.#waiting.size); left > 0; left -= 1) {
      setImmediate(next);
    }
    setImmediate(() => this.#endTurn(begun));
  };

  /** From turn to turn, with all that was done in between, as long as somebody waited all the time. */
  #endTurn(begun: number): void {
    this.#letLeave();
    const now = this.#now();
    if (this.#busySince !== undefined && begun > 0) {
      this.#paceMs += WEIGHT * ((now - this.#busySince) / begun - this.#paceMs);
    }
    this.#busySince = this.#waiting.size > 0 ? now : undefined;
    this.#isDue = false;
    this.#schedule();
  }

  #letLeave(): void {
    const until = this.#now() + REFUSING_MS;
    for (const refuse of this.#leaving) {
      this.#leaving.delete(refuse);
      refuse();
      if (this.#now() >= until) return;
    }
  }
}
