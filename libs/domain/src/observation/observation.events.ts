import { z } from 'zod';
import { bearingSchema } from '../measure/bearing.ts';
import { countSchema, observedCountSchema } from '../measure/count.ts';
import { whenSchema } from '../measure/when.ts';
import { whereSchema } from '../measure/where.ts';
import { eventId, storedInstant } from '../recorded-event.ts';
import {
  CONFIDENCES,
  CORRECTION_REASONS,
  EXPLOSION_CLASSES,
  KINDS,
  MEANS,
  ORIGINS,
  RESTRICTION_KINDS,
  VIAS,
  WEAPON_CATEGORIES,
} from './vocabulary.ts';

/**
 * An observation as it lies in the log for ever: one perceived thing, told with its vagueness.
 * A field that does not apply is absent; one that was asked and is not known says so.
 *
 * Add a version and an upcaster; never edit a type that was written.
 */
const weapon = z.strictObject({
  category: z.enum(WEAPON_CATEGORIES),
  /** Micrometres, so that 12.7 mm and 14.5 mm are whole numbers. */
  calibreUm: z.int().positive().optional(),
  confidence: z.enum(CONFIDENCES).optional(),
});

/** Direction is perception, not attribution: where fire or movement came from and went to. */
const direction = z.strictObject({
  from: bearingSchema.optional(),
  towards: bearingSchema.optional(),
  /** Civilian movement only; motive is not judged. */
  movement: z.enum(['departing', 'returning', 'not_known']).optional(),
});

export const CASUALTY_OUTCOMES = ['killed', 'injured', 'missing'] as const;
export const CASUALTY_PERSONS = ['civilian', 'military', 'not_known'] as const;
const casualty = z.strictObject({
  outcome: z.enum(CASUALTY_OUTCOMES),
  person: z.enum(CASUALTY_PERSONS),
  count: countSchema,
});

const restriction = z.strictObject({ kind: z.enum(RESTRICTION_KINDS) });

export const observationContent = z.strictObject({
  kind: z.enum(KINDS),
  count: observedCountSchema.optional(),
  means: z.array(z.enum(MEANS)).min(1),
  when: whenSchema,
  where: whereSchema,
  unit: eventId,
  /** No watches are kept yet: figures say "coverage not recorded". */
  watch: z.null(),
  origin: z.enum(ORIGINS),
  explosion: z.enum(EXPLOSION_CLASSES).optional(),
  weapon: weapon.optional(),
  direction: direction.optional(),
  casualties: z.array(casualty).optional(),
  restriction: restriction.optional(),
  confidence: z.enum(CONFIDENCES).optional(),
  via: z.enum(VIAS).optional(),
  /** The device's clock when it was sent, and how far that clock was off. */
  reportedAt: storedInstant.optional(),
  deviceOffsetMs: z.int().optional(),
});
export type ObservationContent = z.infer<typeof observationContent>;

const version = z.int().positive();
export const observationRecorded = observationContent;
export const observationCorrected = z.strictObject({
  ...observationContent.shape,
  /** The version that this one replaces. */
  corrects: version,
  reason: z.enum(CORRECTION_REASONS),
});
export const observationRetracted = z.strictObject({
  retracts: version,
  reason: z.enum(CORRECTION_REASONS),
});
export const observationReinstated = z.strictObject({ reinstates: version });

/** Digests of disclosures that are gone for ever, from every past view too. */
export const disclosureErased = z.strictObject({
  event: eventId,
  digests: z.array(z.string()).min(1),
  reason: z.string().min(1).max(400),
});

export const OBSERVATION_EVENTS = {
  'observation.recorded.v1': observationRecorded,
  'observation.corrected.v1': observationCorrected,
  'observation.retracted.v1': observationRetracted,
  'observation.reinstated.v1': observationReinstated,
  'disclosure.erased.v1': disclosureErased,
} as const;

/** What a report says beside its public content; all of it stays out of the leaf. */
export type ReportDisclosures = {
  readonly narrative?: string;
  readonly asEntered?: string;
  /** Why it was corrected, retracted or reinstated, in the officer's words. */
  readonly explanation?: string;
};

export type ObservationEvent = {
  [Type in keyof typeof OBSERVATION_EVENTS]: {
    readonly type: Type;
    readonly data: z.infer<(typeof OBSERVATION_EVENTS)[Type]>;
    readonly disclosed?: ReportDisclosures;
  };
}[keyof typeof OBSERVATION_EVENTS];
