import { eventId, storedInstant } from '@ceasewatch/domain/recorded-event';
import { z } from 'zod';
import { situation, staleSince } from './answer-schemas.ts';

/** The answer of `GET /api/situation/standing` as a schema, for the OpenAPI document. */
const instant = storedInstant.nullable();
const column = (type: string) =>
  z.string().meta({ description: `${type}, little end first, base64url; one for each version.` });

export const standingAnswer = z
  .strictObject({
    staleSince,
    situation,
    reached: instant.meta({ description: 'When the last event that is known was recorded.' }),
    fireItems: z.array(
      z.strictObject({
        id: eventId,
        number: z.int().positive(),
        at: storedInstant,
        fromSeq: z.int().nonnegative(),
      }),
    ),
    units: z.array(
      z.strictObject({
        unit: z.string(),
        openedAt: storedInstant,
        closedAt: instant,
        lastReport: instant.meta({ description: 'At the end of the windows, a whole minute.' }),
        newestReport: instant.meta({ description: 'At the event itself.' }),
      }),
    ),
    versions: z
      .strictObject({
        from: column('Uint32: the event that began it'),
        minute: column('Int32: when it occurred, whole minutes since 1970'),
        packed: column('Uint32: kind, group, flags and weapon'),
        sector: column('Uint16: index into `sectors`'),
        count: column('Int32: the value of its count'),
        countCode: column('Uint8: unit and qualifier of it; 255 for one of `details`'),
        sectors: z.array(z.string().nullable()),
        details: z.array(z.record(z.string(), z.unknown())),
      })
      .meta({
        description:
          'In force, passing the filter, and within reach of any window or baseline from `at` on. Null where they are more than 100,000: then ask for each state.',
      })
      .nullable(),
  })
  .meta({ id: 'StandingAnswer' });
