import { storedInstant } from '@ceasewatch/domain/recorded-event';
import { z } from 'zod';
import { READ_KINDS } from '../contract/reads.ts';

/** The answer of `GET /api/reads` as a schema, for the OpenAPI document. */
const text = z.string().nullable();

export const readPage = z
  .strictObject({
    items: z.array(
      z.strictObject({
        id: z.int().positive(),
        at: storedInstant.meta({ description: 'When it was first looked at.' }),
        until: storedInstant.meta({ description: 'When it was last looked at.' }),
        officer: text.meta({ description: 'Null for the node itself.' }),
        contingent: text,
        role: z.string(),
        authn: z.string(),
        kind: z.enum(READ_KINDS),
        what: z.string(),
        asOf: text.meta({ description: 'The earliest moment looked at; null is the present.' }),
        asOfLast: text.meta({ description: 'The latest moment looked at.' }),
        occurredUntil: text,
        times: z.int().positive(),
      }),
    ),
    waiting: z.int().nonnegative().meta({ description: 'Looks that are not written yet.' }),
    lost: z.int().nonnegative().meta({ description: 'Looks that could not be kept.' }),
    next: z.string().optional(),
  })
  .meta({ id: 'ReadPage' });
