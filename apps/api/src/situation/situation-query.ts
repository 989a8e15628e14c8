import {
  FIRST_TOLD,
  FIRST_UNTOLD,
  formatInstant,
  MINUTE_MS,
} from '@ceasewatch/domain/measure/instant';
import { isZone } from '@ceasewatch/domain/measure/zone';
import { refuse } from '@ceasewatch/domain/refusal';
import { type SituationQuery, WINDOWS } from '@ceasewatch/domain/situation/situation';
import { z } from 'zod';
import { filterParameters } from '../http/filter-parameters.ts';
import { asOf, instant } from '../http/query-parameters.ts';

/** The parameters of the figures. Windows end at whole minutes, so that expiry is a change of `at`. */
const minute = instant.refine((text) => text.endsWith(':00.000Z'), 'must be a whole minute');

export const situationParameters = z
  .strictObject({
    at: minute
      .meta({ description: 'End of every window, a whole minute; now unless told.' })
      .optional(),
    window: z.enum(WINDOWS).default('24h'),
    from: minute.meta({ description: 'Beginning of the window `all`.' }).optional(),
    zone: z
      .string()
      .max(64)
      .refine(isZone, 'must be a time zone of the IANA data base')
      .meta({ description: "IANA zone of days, hours and weekdays; the centre's unless told." })
      .optional(),
    ...filterParameters,
    asOf: asOf.optional(),
  })
  .refine(({ window, from }) => window === 'all' || from === undefined, {
    path: ['from'],
    error: 'stands beside window=all only: every other window begins by its length',
  });

/** The minute that has begun, as windows end. */
export function wholeMinute(now: number): string {
  return formatInstant(Math.floor(now / MINUTE_MS) * MINUTE_MS);
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
