import type { RequestError } from './request-error.ts';

/** So many things at once and no more: whoever comes beyond that is told to come again. */
export class Places {
  readonly most: number;
  readonly #refusal: () => RequestError;
  #taken = 0;
  #refused = 0;

  constructor(most: number, refusal: () => RequestError) {
    this.most = most;
    this.#refusal = refusal;
  }

  get taken(): number {
    return this.#taken;
  }

  /** Since the start. */
  get refused(): number {
    return this.#refused;
  }

  /** @throws RequestError where every place is taken; whatever `work` throws */
  async hold<Done>(work: () => Promise<Done>): Promise<Done> {
    if (this.#taken >= this.most) {
      this.#refused += 1;
      throw this.#refusal();
    }
    this.#taken += 1;
    try {
      return await work();
    } finally {
      this.#taken -= 1;
    }
  }
}
