import type { ChangesAnswer } from '@ceasewatch/api/contract/live';
import type { Change } from '@ceasewatch/domain/situation/observation-row';
import type { Ask } from './go-to-target.ts';

/** What comes after an event, asked in pages before it is wanted: as live clients catch up. */
const PAGE = 500;
/** The next page is asked when fewer changes are in hand. */
const IN_HAND = 1_500;

export class ChangesAhead {
  readonly #question: Ask;
  #inHand: Change[] = [];
  /** The last event of which the changes are in hand, or were. */
  #known: number;
  #asking: Promise<void> | undefined;
  /** Whether the log had no more when it was asked last. */
  #ended = false;

  constructor(after: number, ask: Ask) {
    this.#known = after;
    this.#question = ask;
    this.#askAhead();
  }

  /**
   * The changes of every event up to `seq` that were not handed out before, in order; fewer where the
   * log ends before it.
   *
   * @throws ApiProblem
   */
  async upTo(seq: number): Promise<readonly Change[]> {
    while (this.#known < seq) {
      const known = this.#known;
      // Who waits is asked for, however much is in hand, and also where the log ended when asked last.
      await (this.#asking ?? this.#ask());
      if (this.#known === known) break;
    }
    const later = this.#inHand.findIndex((change) => change.seq > seq);
    const taken = this.#inHand.splice(0, later < 0 ? this.#inHand.length : later);
    this.#askAhead();
    return taken;
  }

  #askAhead(): void {
    if (this.#asking !== undefined || this.#inHand.length >= IN_HAND || this.#ended) return;
    // Whoever waits for it is told what failed; before, nobody has to know.
    this.#ask().then(
      () => this.#askAhead(),
      () => undefined,
    );
  }

  #ask(): Promise<void> {
    this.#asking = this.#page().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #page(): Promise<void> {
    const search = new URLSearchParams({ after: this.#known.toString(), limit: PAGE.toString() });
    const { seq, head, changes } = await this.#question<ChangesAnswer>('/api/changes', search);
    this.#inHand.push(...changes);
    this.#known = seq;
    this.#ended = seq >= head;
  }
}
