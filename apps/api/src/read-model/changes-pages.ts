import { Injectable } from '@nestjs/common';
import { RecentlyUsed } from '../event-log/recently-used.ts';
import { turn } from '../event-log/turn.ts';
import { Projector } from './projector.ts';
import { ReadModelError } from './read-model-error.ts';

/**
 * Pages of changes as the bytes that are sent. After a burst every dashboard asks for the same pages in
 * the same seconds, and what events changed never changes again: each page is read and encoded once.
 */
const KEPT_PAGES = 32;
/** Some 5 ms of the main thread; other work gets its turn in between. */
const SLICE = 256;

@Injectable()
export class ChangesPages {
  readonly #pages = new RecentlyUsed<string, Promise<Uint8Array>>(KEPT_PAGES);

  constructor(private readonly projector: Projector) {
    projector.onSwap(() => this.#pages.clear());
  }

  /**
   * JSON, in UTF-8, of the changes of every event in (after, upTo]; all of them must have been projected.
   *
   * @throws ReadModelError rebuilding
   */
  page(after: number, upTo: number): Promise<Uint8Array> {
    const key = `${after} ${upTo}`;
    const known = this.#pages.get(key);
    if (known !== undefined) return known;
    const page = this.#encode(after, upTo);
    this.#pages.set(key, page);
    page.catch(() => this.#pages.delete(key));
    return page;
  }

  async #encode(after: number, upTo: number): Promise<Uint8Array> {
    const encoded: string[] = [];
    for (let reached = after; reached < upTo;) {
      const { seq, changes } = this.projector.changes(reached, Math.min(SLICE, upTo - reached));
      if (changes.length === 0) {
        throw new ReadModelError('rebuilding', 'The read model was built anew meanwhile.');
      }
      encoded.push(...changes.map((change) => JSON.stringify(change)));
      reached = seq;
      if (reached < upTo) await turn();
    }
    return Buffer.from(`[${encoded.join()}]`);
  }
}
