import { z } from 'zod';
import { countSchema } from '../measure/count.ts';
import { storedInstant } from '../recorded-event.ts';

/**
 * What a centre is made of, as it lies in the log for ever: contingents and their strength, observing
 * units and where they stood when, areas with their times of validity, officers, calendar. All of it
 * begins as a centre file and goes on as events in the one stream of the centre.
 *
 * Add a version and an upcaster; never edit a type that was written.
 */
const id = z.string().regex(/^[0-9a-f-]{36}$/);
const publicText = z.string().min(1).max(400);
const microdegrees = z.int();

/** Contingents are named by a short code in the log, never by a flag or a colour. */
export const contingentCode = z.string().regex(/^[a-z][a-z0-9-]{0,15}$/);

/** One thing, several names: language tag → name, `en` always there. Order is the centre's. */
export const parallelNames = z
  .record(z.string().regex(/^[a-z]{2}$/), publicText)
  .refine((names) => names['en'] !== undefined, 'needs at least an English name');

/** Latitude and longitude in 1e-6 degrees, WGS84, with the radius of their error in metres. */
export const positionSchema = z.strictObject({
  lat: microdegrees.min(-90_000_000).max(90_000_000),
  lon: microdegrees.min(-180_000_000).max(180_000_000),
  errorM: z.int().nonnegative(),
});
export type Position = z.infer<typeof positionSchema>;

/** A source that a public fact can be checked against. */
export const sourceSchema = z.strictObject({ title: publicText, date: z.string().optional() });

export const established = z.strictObject({
  name: parallelNames,
  /** The zone every screen of this centre is read in, an IANA name. */
  zone: z.string(),
  /** Where reports are expected from; outside it the form asks again. [west, south, east, north]. */
  missionArea: z.tuple([microdegrees, microdegrees, microdegrees, microdegrees]),
  /** Declared magnetic declination, east positive, in thousandths of a degree. */
  declinationMdeg: z.int().optional(),
  /** Gazetteer: every spelling under which a place may be looked for. */
  places: z.array(
    z.strictObject({
      name: parallelNames,
      aliases: z.array(publicText),
      lat: microdegrees,
      lon: microdegrees,
    }),
  ),
  sources: z.array(sourceSchema),
});

export const calendarSet = z.strictObject({
  zone: z.string(),
  /** End of the reporting day, wall time in `zone`: `19:30`. */
  cutOff: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  from: storedInstant,
});

export const contingentAdmitted = z.strictObject({
  contingent: contingentCode,
  name: parallelNames,
  /** The outline drawn beside the contingent's name; colour never tells contingents apart. */
  sign: z.enum(['square', 'circle']),
});

export const STRENGTH_STAGES = ['announced', 'authorised', 'deployed', 'observed'] as const;
export const strengthReported = z.strictObject({
  contingent: contingentCode,
  stage: z.enum(STRENGTH_STAGES),
  count: countSchema,
  expandable: z.boolean().optional(),
  asOf: storedInstant,
  source: sourceSchema.optional(),
});

export const UNIT_KINDS = [
  'post',
  'patrol',
  'camera',
  'uav',
  'acoustic_sensor',
  'liaison',
  'external_source',
] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

export const unitOpened = z.strictObject({
  unit: id,
  kind: z.enum(UNIT_KINDS),
  /** Absent for a joint unit and for an external source. */
  contingent: contingentCode.optional(),
  name: publicText,
  position: positionSchema.optional(),
  from: storedInstant,
});
export const unitMoved = z.strictObject({
  unit: id,
  position: positionSchema,
  from: storedInstant,
});
export const unitClosed = z.strictObject({ unit: id, from: storedInstant, reason: publicText });

export const AREA_KINDS = ['sector', 'line', 'protected', 'exercise'] as const;
export type AreaKind = (typeof AREA_KINDS)[number];

/** Vertices as [longitude, latitude] in 1e-6 degrees; a polygon is one closed ring, a line is open. */
const vertices = z.array(z.tuple([microdegrees, microdegrees])).min(2);
export const areaDefined = z.strictObject({
  area: id,
  kind: z.enum(AREA_KINDS),
  name: parallelNames,
  shape: z.enum(['polygon', 'line']),
  vertices,
  from: storedInstant,
  to: storedInstant.optional(),
});
export const areaRevised = areaDefined;

export const officerEnrolled = z.strictObject({
  officer: id,
  contingent: contingentCode,
  role: z.enum(['operator', 'analyst', 'auditor', 'administrator']),
  /** Unit the officer reports from unless told otherwise. */
  unit: id.optional(),
});
export const officerWithdrawn = z.strictObject({ officer: id });

/** Schema of `data` by type. An enrolled officer's `name` is disclosed, never in the leaf. */
export const CENTRE_EVENTS = {
  'centre.established.v1': established,
  'centre.calendar-set.v1': calendarSet,
  'contingent.admitted.v1': contingentAdmitted,
  'contingent.strength-reported.v1': strengthReported,
  'unit.opened.v1': unitOpened,
  'unit.moved.v1': unitMoved,
  'unit.closed.v1': unitClosed,
  'area.defined.v1': areaDefined,
  'area.revised.v1': areaRevised,
  'officer.enrolled.v1': officerEnrolled,
  'officer.withdrawn.v1': officerWithdrawn,
} as const;

export type CentreEventType = keyof typeof CENTRE_EVENTS;
export type CentreEvent = {
  [Type in CentreEventType]: {
    readonly type: Type;
    readonly data: z.infer<(typeof CENTRE_EVENTS)[Type]>;
    readonly disclosed?: { readonly name: string };
  };
}[CentreEventType];
