import { isZone } from '@ceasewatch/domain/measure/zone';
import { WINDOWS } from '@ceasewatch/domain/situation/situation';
import { z } from 'zod';
import { filterParameters } from './filter-parameters.ts';
import { instant } from './query-parameters.ts';

/** The parameters of the figures. Windows end at whole minutes, so that expiry is a change of `at`. */
export const wholeMinute = instant.refine(
  (text) => text.endsWith(':00.000Z'),
  'must be a whole minute',
);

export const windowParameters = {
  at: wholeMinute
    .meta({
      description:
        'End of every window, a whole minute; unless told the present, the moment of `asOf` or `occurredUntil`, whichever is earliest.',
    })
    .optional(),
  window: z.enum(WINDOWS).default('24h'),
  zone: z
    .string()
    .max(64)
    .refine(isZone, 'must be a time zone of the IANA data base')
    .meta({ description: "IANA zone of days, hours and weekdays; the centre's unless told." })
    .optional(),
  ...filterParameters,
};
