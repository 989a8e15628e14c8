import { eventId, storedInstant } from '@ceasewatch/domain/recorded-event';
import { z } from 'zod';

/** The answers of `/api/verifications` as schemas, for the OpenAPI document. */
const count = z.int().nonnegative();
const seq = z.int().min(-1);

export const verificationAnswer = z
  .strictObject({
    id: eventId,
    state: z.enum(['running', 'sound', 'flawed', 'failed']),
    startedAt: storedInstant,
    endedAt: storedInstant.nullable(),
    officer: z.string().nullable(),
    log: eventId,
    from: count,
    reached: seq,
    last: seq,
    phase: z.enum(['log', 'read_model']),
    head: z.string().nullable().meta({ description: 'NUMBER:CHAIN, to be kept elsewhere.' }),
    expected: z.string().nullable(),
    flaws: z.strictObject({
      count,
      first: z.array(z.strictObject({ seq, kind: z.string(), message: z.string() })),
    }),
    steppedBack: z.strictObject({ events: count, mostMs: count }),
    disclosures: z.strictObject({ shown: count, withheld: count, erased: count }),
    readModel: z
      .strictObject({
        position: seq,
        rows: count,
        differences: count,
        first: z.array(
          z.strictObject({
            table: z.string(),
            row: z.string(),
            how: z.enum(['missing', 'surplus', 'altered', 'structure']),
          }),
        ),
      })
      .nullable(),
    failure: z.string().nullable(),
  })
  .meta({ id: 'Verification', description: 'What was verified, and what came out.' });

export const verificationsAnswer = z
  .strictObject({ items: z.array(verificationAnswer) })
  .meta({ id: 'Verifications' });
