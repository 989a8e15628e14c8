import { storedInstant } from '@ceasewatch/domain/recorded-event';
import { z } from 'zod';
import { staleSince } from './answer-schemas.ts';

/** The answer of `GET /api/log/moments` as a schema, for the OpenAPI document. */
const seq = z.int().min(-1);

export const logMoments = z
  .strictObject({
    staleSince,
    asOf: seq,
    from: storedInstant.nullable(),
    to: storedInstant.nullable(),
    before: seq.meta({ description: 'The last event recorded before `from`; -1 for none.' }),
    through: z.array(seq).meta({ description: 'The last event by the end of each part.' }),
  })
  .meta({ id: 'LogMoments' });
