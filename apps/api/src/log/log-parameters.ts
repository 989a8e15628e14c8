import { z } from 'zod';
import { knownParameters } from '../http/moment-parameters.ts';
import { after, instant, integer, sequence } from '../http/query-parameters.ts';
import { inOrder } from '../http/span-parameters.ts';

/** By what the log is looked through, and which of it is shown. */
export const logParameters = z
  .strictObject({
    after: after.meta({ description: 'Oldest first, from the event after this one.' }).optional(),
    before: sequence
      .meta({ description: 'Newest first, from the event before this one.' })
      .optional(),
    limit: integer(1, 500).optional(),
    type: z
      .string()
      .max(100)
      .meta({ description: 'An event type: observation.recorded.v1' })
      .optional(),
    noun: z
      .string()
      .max(100)
      .meta({ description: 'The noun of the type: observation, unit' })
      .optional(),
    subject: z.string().max(100).meta({ description: 'observation/<id>' }).optional(),
    officer: z.string().max(100).optional(),
    contingent: z
      .string()
      .max(100)
      .meta({ description: "Code of the officer's contingent" })
      .optional(),
    unit: z.string().max(100).meta({ description: 'The unit that the event is about' }).optional(),
    recordedFrom: instant
      .meta({ description: 'Only what was recorded from this instant on.' })
      .optional(),
    recordedTo: instant.meta({ description: 'Only what was recorded before it.' }).optional(),
    occurredFrom: instant
      .meta({ description: 'Only observations that began from this instant on.' })
      .optional(),
    occurredTo: instant.meta({ description: 'Only observations that began before it.' }).optional(),
    q: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .meta({
        description:
          'Words, in any spelling, whole or with `*` after their beginning: of observations what was disclosed and names of places, of other events every word. Or one id: of an event, of a stream, of an officer, of a unit.',
      })
      .optional(),
    ...knownParameters,
  })
  .refine((query) => query.after === undefined || query.before === undefined, {
    path: ['before'],
    error: 'cannot stand beside after',
  })
  .refine(...inOrder('recordedFrom', 'recordedTo'))
  .refine(...inOrder('occurredFrom', 'occurredTo'));
