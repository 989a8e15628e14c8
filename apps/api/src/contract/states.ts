import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import type { MayBeStale } from './answer.ts';
import type { SituationAnswer } from './situation.ts';

/**
 * `GET /api/situation/states`: the dashboard after each of some events, for whoever plays the log. A
 * million reports are passed over once for all of them, and most rows of a list stand in the next as well.
 */
export interface StatesAnswer extends MayBeStale {
  /** In the order of the events that were asked for. */
  readonly states: readonly ToldState[];
  /** Every version that stands in any of the lists, once. */
  readonly rows: readonly ObservationRow[];
}

interface ToldState extends Omit<SituationAnswer, keyof MayBeStale> {
  /** The first page of `GET /api/observations` from the beginning of the window on. */
  readonly recorded: {
    /** The events that began its versions, newest first: `fromSeq` of `rows`. */
    readonly versions: readonly number[];
    /** Where the list goes on; absent where that is all of it. */
    readonly next?: string;
  };
}
