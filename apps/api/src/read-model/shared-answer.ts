/**
 * One answer for everybody who asks the same: whoever goes is waited for no more, and when all have
 * gone before it was given the question is given up.
 */
export class SharedAnswer<Answer> {
  readonly #givenUp = new AbortController();
  readonly #answer: Promise<Answer>;
  #askers = 0;

  constructor(ask: (signal: AbortSignal) => Promise<Answer>) {
    this.#answer = ask(this.#givenUp.signal);
  }

  /** An answer that was not given is not kept. */
  whenRefused(act: () => void): void {
    this.#answer.catch(act);
  }

  get isGivenUp(): boolean {
    return this.#givenUp.signal.aborted;
  }

  /** Rejects with the signal's reason as soon as that is aborted. */
  take(signal?: AbortSignal): Promise<Answer> {
    // Who cannot go stays, and the question with him.
    this.#askers += 1;
    if (signal === undefined) return this.#answer;
    return new Promise((resolve, reject) => {
      const go = (): void => {
        this.#askers -= 1;
        if (this.#askers === 0) this.#givenUp.abort(signal.reason);
        reject(signal.reason);
      };
      if (signal.aborted) return go();
      signal.addEventListener('abort', go, { once: true });
      this.#answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', go));
    });
  }
}
