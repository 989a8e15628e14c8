import { formatInstant, MINUTE_MS } from '@ceasewatch/domain/measure/instant';
import { isZone } from '@ceasewatch/domain/measure/zone';
import { WINDOWS } from '@ceasewatch/domain/situation/situation';
import { z } from 'zod';
import { filterParameters } from '../http/filter-parameters.ts';
import { asOf, instant } from '../http/query-parameters.ts';

/** The parameters of the figures. Windows end at whole minutes, so that expiry is a change of `at`. */
const minute = instant.refine((text) => text.endsWith(':00.000Z'), 'must be a whole minute');

export const situationParameters = z.strictObject({
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
});

/** The minute that has begun, as windows end. */
export function wholeMinute(now: number): string {
  return formatInstant(Math.floor(now / MINUTE_MS) * MINUTE_MS);
}
