import { z } from 'zod';
import { observedCountSchema } from '../measure/count.ts';
import { whenEntrySchema } from '../measure/when.ts';
import { whereEntrySchema } from '../measure/where-entry.ts';
import { commandId, eventId } from '../recorded-event.ts';
import { observationContent } from './observation.events.ts';
import { turnsTheWriting } from './public-text.ts';
import { CORRECTION_REASONS, KINDS, MEANS, ORIGINS } from './vocabulary.ts';

/**
 * What a client sends: the body of `POST /api/observations` and of what follows it. One schema serves
 * the form, the API, its OpenAPI document and the importer. It knows shapes only; what depends on the
 * centre, the ceasefire or the clock is judged by the decider.
 *
 * Nothing here is stored as it stands: places and times are entered with the units and zones of the
 * person who enters them, and become stored facts in `report-reading.ts`.
 */

/** In UTF-8. A narrative is a radio message, not a document. */
export const NARRATIVE_BYTES = 16_384;
export const AS_ENTERED_BYTES = 4_096;
export const EXPLANATION_BYTES = 4_096;

/** Kept as it came, in the vault; refused is what no JSON text can carry, and what would be misread. */
function keptText(maxBytes: number) {
  return z
    .string()
    .min(1)
    .max(maxBytes)
    .refine((text) => text.isWellFormed(), { error: 'not_text' })
    .refine((text) => !turnsTheWriting(text), { error: 'hidden_character' })
    .refine((text) => utf8Length(text) <= maxBytes, {
      error: 'too_many_bytes',
      params: { most: maxBytes },
    });
}

const shape = observationContent.shape;

export const reportContent = z
  .strictObject({
    kind: z.enum(KINDS),
    /** At least 1: zero belongs to a nil report. Absent: nobody asked how many. */
    count: observedCountSchema.optional(),
    means: z.array(z.enum(MEANS)).min(1).max(MEANS.length),
    when: whenEntrySchema,
    where: whereEntrySchema,
    /** The observing unit; absent, the unit that the officer reports from. */
    unit: eventId.optional(),
    /** `external`: a third party's data, told by an external source's unit. */
    origin: z.enum(ORIGINS).optional(),
    explosion: shape.explosion,
    weapon: shape.weapon,
    direction: shape.direction,
    /** One entry for each outcome and sort of person. */
    casualties: shape.casualties,
    restriction: shape.restriction,
    confidence: shape.confidence,
    via: shape.via,
    /** The device's clock when this was sent: RFC 3339 with an offset. */
    reportedAt: z.string().max(40).optional(),
    /** How far that clock was ahead of the server's, in milliseconds. */
    deviceOffsetMs: z.int().min(-1e12).max(1e12).optional(),
    narrative: keptText(NARRATIVE_BYTES).optional(),
    /** What the observer typed, letter by letter, before it was understood. */
    asEntered: keptText(AS_ENTERED_BYTES).optional(),
  })
  .meta({ id: 'ObservationContent', description: 'What was perceived, as it is entered.' });
export type ReportContent = z.infer<typeof reportContent>;

/** Body of `POST /api/observations`. */
export const observationReport = z
  .strictObject({ id: commandId, ...reportContent.shape })
  .meta({ id: 'ObservationReport', description: 'One report of one perceived thing.' });
export type ObservationReport = z.infer<typeof observationReport>;

const explanation = keptText(EXPLANATION_BYTES).optional();
const version = z.int().positive();

/** Body of `POST /api/observations/:id/corrections`: the whole new content, not a difference. */
export const observationCorrection = z
  .strictObject({
    id: commandId,
    /** The version that this one replaces. */
    corrects: version,
    reason: z.enum(CORRECTION_REASONS),
    explanation,
    content: reportContent,
  })
  .meta({ id: 'ObservationCorrection', description: 'The whole new content of an observation.' });
export type ObservationCorrection = z.infer<typeof observationCorrection>;

/** Body of `POST /api/observations/:id/retraction`. */
export const observationRetraction = z
  .strictObject({
    id: commandId,
    retracts: version,
    reason: z.enum(CORRECTION_REASONS),
    explanation,
  })
  .meta({ id: 'ObservationRetraction', description: 'The originator takes a report back.' });
export type ObservationRetraction = z.infer<typeof observationRetraction>;

/** Body of `POST /api/observations/:id/reinstatement`. */
export const observationReinstatement = z
  .strictObject({ id: commandId, reinstates: version, explanation })
  .meta({ id: 'ObservationReinstatement', description: 'A retracted report stands again.' });
export type ObservationReinstatement = z.infer<typeof observationReinstatement>;

/** Bytes of a text in UTF-8, without an encoder: the domain knows no platform. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
