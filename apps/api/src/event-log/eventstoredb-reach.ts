import type { LogDamage } from './event-log.ts';
import { EventLogError, isEventLogError } from './event-log-error.ts';
import { failureOf, messageOf } from './sqlite-failure.ts';
import { damageOf } from './sqlite-log-reader.ts';

/**
 * Whether the store, and this node's copy of its log, can be used now, as the feed meets them: everybody
 * who would wait for either in vain is told at once.
 */
type Reach =
  | { readonly store: 'here' }
  | {
      readonly store: 'away';
      readonly why: string;
      /** It is there, and lets this node not in. */
      readonly refused?: true;
      /** It is there, and this node's disk fails to keep what it says. */
      readonly unkept?: true;
    }
  /** This node's disk: what the store has cannot be kept here. */
  | { readonly store: 'full'; readonly why: string }
  /** People have to look: the store has another log, or would lose this one, or the copy is damaged. */
  | {
      readonly store: 'damaged';
      readonly why: string;
      readonly code: 'foreign_log' | 'store_unavailable' | 'log_corrupt';
      /** The first event of the copy that nobody can vouch for. */
      readonly seq?: number;
    };

export interface ToldOfDamage {
  /** Called when people have to look at the store. */
  readonly onDamage: (damage: LogDamage) => void;
  /** Called once, when what was read from the copy is not what was written. */
  readonly onCopyDamage: (damage: LogDamage) => void;
}

export class StoreReach {
  readonly #told: ToldOfDamage;
  readonly #waiting = new Set<() => void>();
  #now: Reach = { store: 'away', why: 'the store has not answered yet' };
  #since = performance.now();

  constructor(told: ToldOfDamage) {
    this.#told = told;
  }

  get now(): Reach {
    return this.#now;
  }

  get isHere(): boolean {
    return this.#now.store === 'here';
  }

  /** How long it has been so, in milliseconds. */
  get forMs(): number {
    return performance.now() - this.#since;
  }

  /** @throws EventLogError store_unavailable, storage_full, foreign_log, log_corrupt */
  check(): void {
    const { now } = this;
    switch (now.store) {
      case 'here':
        return undefined;
      case 'full':
        throw new EventLogError('storage_full', now.why);
      case 'away':
        throw new EventLogError('store_unavailable', now.why);
      case 'damaged':
        throw new EventLogError(now.code, now.why, now.seq === undefined ? {} : { seq: now.seq });
      default:
        return now satisfies never;
    }
  }

  /** Resolves at the next change, or when the time is over. */
  async change(ms: number): Promise<void> {
    let woken = (): void => undefined;
    const changed = new Promise<void>((resolve) => (woken = resolve));
    this.#waiting.add(woken);
    const timer = setTimeout(woken, ms);
    await changed;
    clearTimeout(timer);
    this.#waiting.delete(woken);
  }

  wake(): void {
    for (const woken of this.#waiting) woken();
  }

  becomes(reach: Reach): void {
    const before = this.#now;
    // A copy stays damaged until the process ends; a store may have its log again.
    if (before.store === 'damaged' && before.code === 'log_corrupt') return;
    const isNew = reach.store !== before.store;
    if (isNew) this.#since = performance.now();
    this.#now = reach;
    this.wake();
    if (reach.store !== 'damaged') return;
    if (reach.code === 'log_corrupt') this.#told.onCopyDamage(reach);
    else if (isNew) this.#told.onDamage(reach);
  }

  /** Something came: whoever sends is here; whether its log is ours was asked before. */
  heard(): void {
    if (this.#now.store === 'away' && this.#now.unkept === undefined) {
      this.becomes({ store: 'here' });
    }
  }

  /** A drop alone says little: the next attempt, at once, says whether the store is there. */
  lost(error: unknown): void {
    const why = messageOf(error);
    if (isEventLogError(error, 'foreign_log')) {
      this.becomes({ store: 'damaged', why, code: 'foreign_log' });
    } else if (isEventLogError(error, 'store_unavailable')) {
      const { refused } = error.facts;
      this.becomes({ store: 'away', why, ...(refused === undefined ? {} : { refused }) });
    } else if (failureOf(error) !== undefined) this.notKept(error);
  }

  /** The copy could not be read or written: whatever the store says, it cannot be numbered here. */
  notKept(error: unknown): void {
    const why = messageOf(error);
    const failure = failureOf(error);
    if (isEventLogError(error, 'log_corrupt')) this.copyIsDamaged(damageOf(error));
    else if (failure === 'corrupt') this.copyIsDamaged({ why });
    else if (failure === 'full') this.becomes({ store: 'full', why });
    else this.becomes({ store: 'away', why: `nothing can be kept here: ${why}`, unkept: true });
  }

  /** What was read from the copy is not what was written: nobody decides on it until it is followed anew. */
  copyIsDamaged(damage: LogDamage): void {
    this.becomes({ store: 'damaged', code: 'log_corrupt', ...damage });
  }
}
