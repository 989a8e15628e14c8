import type { LogCondition, LogDamage, StoreState } from './event-log.ts';
import { EventLogError } from './event-log-error.ts';

/**
 * Remembers how the store is and since when. An adapter tells it what it meets; health, metrics and
 * the screens are answered from here. Damage stays until the process ends: nothing mends a log but people.
 */
export class StoreWatch {
  #store: StoreState = 'here';
  #since = performance.now();
  #damage: LogDamage | undefined;
  readonly #onDamage: (damage: LogDamage) => void;

  constructor(onDamage: (damage: LogDamage) => void = () => undefined) {
    this.#onDamage = onDamage;
  }

  get damage(): LogDamage | undefined {
    return this.#damage;
  }

  /** @throws EventLogError log_corrupt */
  checkUndamaged(): void {
    if (this.#damage !== undefined) throw damaged(this.#damage);
  }

  is(store: Exclude<StoreState, 'damaged'>): void {
    if (this.#damage === undefined) this.#turn(store);
  }

  /** The first damage is told once; an earlier place found later corrects what is shown. */
  isDamaged(damage: LogDamage): void {
    const known = this.#damage;
    if (known !== undefined && (damage.seq ?? Infinity) >= (known.seq ?? Infinity)) return;
    this.#damage = damage;
    this.#turn('damaged');
    this.#onDamage(damage);
  }

  condition(waiting: number): LogCondition {
    const forMs = Math.round(performance.now() - this.#since);
    const damage = this.#damage === undefined ? {} : { damage: this.#damage };
    return { store: this.#store, forMs, waiting, ...damage };
  }

  #turn(store: StoreState): void {
    if (this.#store === store) return;
    this.#store = store;
    this.#since = performance.now();
  }
}

/** What everybody is told who asks for more than can be vouched for. */
export function damaged({ seq, why }: LogDamage): EventLogError {
  return new EventLogError('log_corrupt', why, seq === undefined ? {} : { seq });
}
