import { z } from 'zod';
import { observationRow, situationAnswer, staleSince } from './answer-schemas.ts';

/** The answer of `GET /api/situation/states` as a schema, for the OpenAPI document. */
export const statesAnswer = z
  .strictObject({
    staleSince,
    states: z.array(
      situationAnswer.omit({ staleSince: true }).extend({
        recorded: z
          .strictObject({ versions: z.array(z.int().nonnegative()), next: z.string().optional() })
          .meta({
            description:
              'The first page of the list of observations, newest first: `fromSeq` of `rows`.',
          }),
      }),
    ),
    rows: z.array(observationRow),
  })
  .meta({ id: 'StatesAnswer' });
