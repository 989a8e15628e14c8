import type { AsOf } from '../read-model/as-of.ts';
import { eventOrInstant, instant } from './query-parameters.ts';

/** The parameters of a moment, one spelling for every question; `Access.moment` reads them. */

/** For questions about the log itself, which has one order and one time: that of recording. */
export const knownParameters = {
  asOf: eventOrInstant
    .meta({
      description:
        'The number of an event, or an instant, which means the last event recorded at or before it: the answer as it would have been then. Not beyond the last event, and no instant that has not come.',
    })
    .optional(),
};

/** For questions about what happened, which has two: when it was recorded and when it occurred. */
export const momentParameters = {
  ...knownParameters,
  occurredUntil: instant
    .meta({
      description:
        'Only what began before this instant, whenever it was recorded: with `asOf` what was known then of it, without what is known now. RFC 3339 with an offset.',
    })
    .optional(),
};

/** Parameters as they were asked, beside others of the same query. */
export interface AskedMoment {
  readonly asOf?: AsOf | undefined;
  readonly occurredUntil?: string | undefined;
}
