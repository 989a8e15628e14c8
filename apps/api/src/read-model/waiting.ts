/** Who waits for an event to be projected: each is told once, when its event has come or never will. */
interface Waiter {
  readonly seq: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export class Waiting {
  readonly #waiters = new Set<Waiter>();

  get size(): number {
    return this.#waiters.size;
  }

  until(seq: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason);
      const settle = (end: () => void): void => {
        this.#waiters.delete(waiter);
        signal?.removeEventListener('abort', give);
        end();
      };
      const give = (): void => settle(() => reject(signal?.reason));
      const waiter: Waiter = {
        seq,
        resolve: () => settle(resolve),
        reject: (error) => settle(() => reject(error)),
      };
      signal?.addEventListener('abort', give, { once: true });
      this.#waiters.add(waiter);
    });
  }

  resolveUpTo(seq: number): void {
    for (const waiter of this.#waiters) if (waiter.seq <= seq) waiter.resolve();
  }

  rejectAll(error: unknown): void {
    for (const waiter of this.#waiters) waiter.reject(error);
  }
}
