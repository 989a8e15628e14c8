import { Injectable } from '@nestjs/common';
import type { Change } from '@ceasewatch/domain/situation/observation-row';
import { RecentlyUsed } from '../event-log/recently-used.ts';
import { Projector } from '../read-model/projector.ts';

/**
 * The short numbers that a receipt names. Those of the last few thousand events are kept as they are
 * projected, because every submission asks for its own a moment later; older ones are read.
 */
const KEPT = 4_096;

@Injectable()
export class ShortNumbers {
  readonly #numbers = new RecentlyUsed<number, number>(KEPT);

  constructor(private readonly projector: Projector) {
    projector.onAdvance(({ changes }) => {
      for (const change of changes) this.#keep(change);
    });
  }

  /** The number of the observation that event `seq` is about; the event must have been projected. */
  of(seq: number): number {
    return this.#numbers.get(seq) ?? this.#read(seq);
  }

  #keep(change: Change): void {
    const number = numberIn(change);
    if (number !== undefined) this.#numbers.set(change.seq, number);
  }

  #read(seq: number): number {
    const { changes } = this.projector.changes(seq - 1, 1);
    const number = changes[0] && numberIn(changes[0]);
    if (number === undefined) throw new RangeError(`event ${seq} is about no observation`);
    return number;
  }
}

function numberIn({ before, after }: Change): number | undefined {
  return (after ?? before)?.number;
}
