import { Injectable } from '@nestjs/common';
import { RequestError } from '../http/request-error.ts';

/** Each holds a page of rows and a reader that may be slow; more would crowd out the dashboards. */
export const MOST_EXPORTS = 4;
const RETRY_AFTER_S = 5;

/** How many files this node writes at once. */
@Injectable()
export class RunningExports {
  #running = 0;

  /** @throws RequestError overloaded: there are as many as there may be */
  async one<Done>(write: () => Promise<Done>): Promise<Done> {
    if (this.#running >= MOST_EXPORTS) {
      const said = `${MOST_EXPORTS} exports are being written already.`;
      throw new RequestError('overloaded', 'too_many_exports', said, RETRY_AFTER_S);
    }
    this.#running += 1;
    try {
      return await write();
    } finally {
      this.#running -= 1;
    }
  }
}
