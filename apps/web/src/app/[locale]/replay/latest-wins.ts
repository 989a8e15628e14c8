/**
 * Does one thing after the other for the latest wish only: while one is under way, of all that is wished
 * meanwhile the last is kept. So a hand that drags over a thousand moments asks for those that can be
 * shown, and always ends with the one where it stopped.
 */
export class LatestWins<Wish> {
  readonly #fulfil: (wish: Wish, signal: AbortSignal) => Promise<void>;
  #next: { readonly wish: Wish } | undefined;
  #underWay: AbortController | undefined;

  /** `fulfil` must not throw; once its signal is aborted nobody waits for it any more. */
  constructor(fulfil: (wish: Wish, signal: AbortSignal) => Promise<void>) {
    this.#fulfil = fulfil;
  }

  wish(wish: Wish): void {
    this.#next = { wish };
    if (this.#underWay === undefined) void this.#run();
  }

  /** Nothing that was wished before this is fulfilled after it. */
  forget(): void {
    this.#next = undefined;
    this.#underWay?.abort();
    this.#underWay = undefined;
  }

  async #run(): Promise<void> {
    const own = new AbortController();
    this.#underWay = own;
    while (this.#next !== undefined && this.#underWay === own) {
      const { wish } = this.#next;
      this.#next = undefined;
      await this.#fulfil(wish, own.signal);
    }
    if (this.#underWay === own) this.#underWay = undefined;
  }
}
