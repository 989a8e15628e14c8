import { z } from 'zod';
import { ceasefireDeclared, type CeasefireEvent } from '../ceasefire/ceasefire.events.ts';
import { formatInstant, parseInstant } from '../measure/instant.ts';
import { isZone } from '../measure/zone.ts';
import { refuseBadText } from '../observation/public-text.ts';
import { Refusal, type Refused } from '../refusal.ts';
import { refusedOfIssue } from '../shape-refusal.ts';
import { wrongShape } from './area-shape.ts';
import {
  areaDefined,
  calendarSet,
  type CentreEvent,
  contingentAdmitted,
  established,
  officerEnrolled,
  strengthReported,
  unitOpened,
} from './centre.events.ts';
import { inconsistencies } from './centre-file-rules.ts';

/**
 * A centre as a file: what a new log begins with. It is written by people and reviewed by both
 * contingents, so instants may carry any offset, everything stands where it belongs (a contingent's
 * strength with the contingent), and what is wrong is said with the path of the field.
 */
const instant = z
  .string()
  .transform((text, context) => {
    try {
      return formatInstant(parseInstant(text).ms);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      context.addIssue({ code: 'custom', message: 'not_an_instant' });
      return z.NEVER;
    }
  })
  .meta({ description: 'RFC 3339 with an offset: 2020-11-10T00:00:00+03:00' });
const zone = z.string().refine(isZone, 'unknown_zone');

const strength = strengthReported.omit({ contingent: true }).extend({ asOf: instant });

export const centreFile = z
  .strictObject({
    /** The layout of this file. */
    layout: z.literal('ceasewatch-centre-1'),
    ...established.shape,
    zone,
    /** End of the reporting day in the centre's zone: `19:30`. */
    cutOff: calendarSet.shape.cutOff.optional(),
    /** The two national halves, in the centre's one order. */
    contingents: z
      .array(contingentAdmitted.extend({ strength: z.array(strength).optional() }))
      .length(2),
    units: z.array(unitOpened.extend({ from: instant })).min(1),
    areas: z.array(areaDefined.extend({ from: instant, to: instant.optional() })),
    /** The first one acts when nobody was chosen. Names go to the vault. */
    officers: z.array(officerEnrolled.extend({ name: z.string().min(1).max(400) })).min(1),
    ceasefire: ceasefireDeclared
      .extend({
        signedAt: instant.optional(),
        inForceAt: instant,
        publishedAt: instant.optional(),
        zone,
      })
      .optional(),
  })
  .meta({ id: 'CentreFile', description: 'What a centre begins with.' });
export type CentreFile = z.infer<typeof centreFile>;

/**
 * Reads a parsed JSON value as a centre file.
 *
 * @throws Refusal `invalid`, with every field that is wrong: `units.3.contingent`
 */
export function readCentreFile(value: unknown): CentreFile {
  const parsed = centreFile.safeParse(value);
  if (!parsed.success) throw new Refusal('invalid', parsed.error.issues.map(refusedOfIssue));
  refuseBadText(parsed.data);
  const wrong = [...wrongShapes(parsed.data), ...inconsistencies(parsed.data)];
  if (wrong.length > 0) throw new Refusal('invalid', wrong);
  return parsed.data;
}

/** The first events of a log: those of the centre's stream, and those of the ceasefire's. */
export function foundingEvents(file: CentreFile): {
  readonly centre: readonly CentreEvent[];
  readonly ceasefire: readonly CeasefireEvent[];
} {
  const { name, zone: centreZone, missionArea, declinationMdeg, places, sources } = file;
  const centre: CentreEvent[] = [
    {
      type: 'centre.established.v1',
      data: {
        name,
        zone: centreZone,
        missionArea,
        ...(declinationMdeg === undefined ? {} : { declinationMdeg }),
        places,
        sources,
      },
    },
    ...calendarOf(file),
    ...file.contingents.flatMap(contingentEvents),
    ...file.units.map((data) => ({ type: 'unit.opened.v1', data }) as const),
    ...file.areas.map((data) => ({ type: 'area.defined.v1', data }) as const),
    ...file.officers.map(enrolled),
  ];
  const { ceasefire } = file;
  const declared: readonly CeasefireEvent[] =
    ceasefire === undefined ? [] : [{ type: 'ceasefire.declared.v1', data: ceasefire }];
  return { centre, ceasefire: declared };
}

function calendarOf({ cutOff, zone: centreZone, units, ceasefire }: CentreFile): CentreEvent[] {
  if (cutOff === undefined) return [];
  const from = ceasefire?.inForceAt ?? units.map((unit) => unit.from).toSorted()[0];
  return from === undefined
    ? []
    : [{ type: 'centre.calendar-set.v1', data: { zone: centreZone, cutOff, from } }];
}

function contingentEvents({
  strength: reported = [],
  ...data
}: CentreFile['contingents'][number]): CentreEvent[] {
  const { contingent } = data;
  return [
    { type: 'contingent.admitted.v1', data },
    ...reported.map(
      (each) =>
        ({ type: 'contingent.strength-reported.v1', data: { contingent, ...each } }) as const,
    ),
  ];
}

function enrolled({ name, ...data }: CentreFile['officers'][number]): CentreEvent {
  return { type: 'officer.enrolled.v1', data, disclosed: { name } };
}

function wrongShapes(file: CentreFile): readonly Refused[] {
  return file.areas.flatMap((area, at) => wrongShape(area, `areas.${at}.vertices`) ?? []);
}
