import {
  FIRST_TOLD,
  FIRST_UNTOLD,
  formatInstant,
  MINUTE_MS,
} from '@ceasewatch/domain/measure/instant';
import { refuse } from '@ceasewatch/domain/refusal';
import type { SituationQuery } from '@ceasewatch/domain/situation/situation';
import { z } from 'zod';
import { type AskedMoment, momentParameters } from '../http/moment-parameters.ts';
import { type Given, sequence, split } from '../http/query-parameters.ts';
import { wholeMinute, windowParameters } from '../http/window-parameters.ts';

const parameters = z.strictObject({
  ...windowParameters,
  from: wholeMinute.meta({ description: 'Beginning of the window `all`.' }).optional(),
  ...momentParameters,
});

const FROM_BESIDE_ALL = [
  ({ window, from }: Pick<z.output<typeof parameters>, 'window' | 'from'>) =>
    window === 'all' || from === undefined,
  {
    path: ['from'],
    error: 'stands beside window=all only: every other window begins by its length',
  },
] as const satisfies Parameters<typeof parameters.refine>;

/** The parameters of the figures. */
export const situationParameters = parameters.refine(...FROM_BESIDE_ALL);

/** States of one answer: a second of a play. */
const MOST_STATES = 20;

/** Of states that follow one another: each ends with its event, and free text is looked for in one at a time. */
export const statesParameters = parameters
  .omit({ at: true, asOf: true, occurredUntil: true, q: true })
  .extend({
    events: z
      .string()
      .transform((text) => text.split(','))
      .pipe(z.array(sequence).min(1).max(MOST_STATES))
      .refine(
        (events) => events.every((event, at) => at === 0 || event > (events[at - 1] ?? 0)),
        'must be ascending',
      )
      .meta({
        description: `Numbers of events, ascending, separated by commas; ${MOST_STATES} at most.`,
      }),
  })
  .refine(...FROM_BESIDE_ALL);

type SituationParameters = z.output<typeof situationParameters>;

/** The windows and the filter that were asked for, apart from the moment. */
export function askedWindow(asked: Given<Omit<SituationParameters, keyof AskedMoment>>) {
  const [view, filter] = split(asked, ['at', 'window', 'from', 'zone']);
  return { ...view, filter };
}

/** The last whole minute at or before a moment, unless what is asked for ended earlier: then windows end there. */
export function endOfWindows(momentMs: number, occurredUntil: string | undefined): string {
  const begun = Math.floor(momentMs / MINUTE_MS);
  if (occurredUntil === undefined) return formatInstant(begun * MINUTE_MS);
  const until = Math.ceil(Date.parse(occurredUntil) / MINUTE_MS);
  return formatInstant(Math.min(begun, until) * MINUTE_MS);
}

/** @throws Refusal invalid: `at_out_of_range`, and `ends_before_it_begins` for the window `all` */
export function checkWindow({ at, from, window }: SituationQuery): void {
  if (at < FIRST_TOLD || at > FIRST_UNTOLD) {
    throw refuse('invalid', {
      field: 'at',
      reason: 'at_out_of_range',
    });
  }
  if (window === 'all' && from !== undefined && from >= at) {
    throw refuse('invalid', {
      field: 'from',
      reason: 'ends_before_it_begins',
    });
  }
}
