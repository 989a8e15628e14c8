import { storedInstant } from '@ceasewatch/domain/recorded-event';
import { z } from 'zod';
import { staleSince } from './answer-schemas.ts';

/** The answer of `GET /api/hindsight` as a schema, for the OpenAPI document. */
const count = z.int().nonnegative();

const delay = {
  observations: count.meta({ description: 'How many stand now.' }),
  hourUnknown: count.meta({ description: 'Of these, those told for a day or a period only.' }),
  within: z.array(count).length(4).meta({
    description: 'Recorded within 1 h, 6 h, 24 h and 168 h of their beginning, of the others.',
  }),
};

const bucket = z.strictObject({
  from: storedInstant,
  to: storedInstant,
  known: z.int().min(-1).meta({ description: 'The last event recorded by the end; -1 for none.' }),
  then: count.meta({ description: 'Observations that stood at the end of the bucket.' }),
  now: count.meta({ description: 'Observations that stand now.' }),
  same: count.meta({ description: 'Of both, in the same version.' }),
  gone: count.meta({ description: 'Of `then`, since corrected, retracted or elsewhere.' }),
  retracted: count.meta({ description: 'Of `gone`, those that are retracted now.' }),
  late: count.meta({ description: 'Of `now`, first recorded after the end.' }),
  corrected: count.meta({
    description: 'Of `now`, recorded by the end, said otherwise since.',
  }),
});

export const hindsightAnswer = z
  .strictObject({
    staleSince,
    query: z
      .record(z.string(), z.unknown())
      .meta({ description: 'The question, nothing left open.' }),
    asOf: z.int().min(-1),
    whole: bucket.meta({
      description: 'All of the window as one: what was known at its end of what occurred in it.',
    }),
    buckets: z.array(bucket),
    delay: z.strictObject({
      ...delay,
      byContingent: z.record(z.string(), z.strictObject(delay)),
      byUnit: z.record(z.string(), z.strictObject(delay)),
    }),
    narrativeSearched: z.boolean().optional(),
  })
  .meta({ id: 'HindsightAnswer' });
