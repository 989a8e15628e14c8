/** Who is told of something, in order; one that throws holds up neither the others nor the teller. */
export class Listeners<Told> {
  readonly #listeners = new Set<(told: Told) => void>();
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** Returns how to stop listening. */
  add(listener: (told: Told) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(told: Told): void {
    for (const listener of this.#listeners) {
      try {
        listener(told);
      } catch (error) {
        this.#onError(error);
      }
    }
  }
}
