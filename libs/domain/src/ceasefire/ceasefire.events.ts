import { z } from 'zod';
import { contingentCode, parallelNames, sourceSchema } from '../centre/centre.events.ts';
import { storedInstant } from '../recorded-event.ts';

/**
 * What was agreed, as it lies in the log for ever. Signed, in force and published are three instants,
 * because they differ in fact; parties stand in the order of the text, as equals.
 */
export const PARTY_ROLES = ['signatory', 'party', 'guarantor'] as const;

export const ceasefireDeclared = z.strictObject({
  name: parallelNames,
  parties: z.array(
    z.strictObject({
      party: contingentCode,
      name: parallelNames,
      roles: z.array(z.enum(PARTY_ROLES)).min(1),
    }),
  ),
  signedAt: storedInstant.optional(),
  inForceAt: storedInstant,
  publishedAt: storedInstant.optional(),
  /** Zone in which the text states its hours, an IANA name. */
  zone: z.string(),
  sources: z.array(sourceSchema),
});

export const ceasefireEnded = z.strictObject({
  endedAt: storedInstant,
  declaredBy: z.string().min(1).max(400),
});

export const CEASEFIRE_EVENTS = {
  'ceasefire.declared.v1': ceasefireDeclared,
  'ceasefire.ended.v1': ceasefireEnded,
} as const;

export type CeasefireEvent =
  | { readonly type: 'ceasefire.declared.v1'; readonly data: z.infer<typeof ceasefireDeclared> }
  | { readonly type: 'ceasefire.ended.v1'; readonly data: z.infer<typeof ceasefireEnded> };
