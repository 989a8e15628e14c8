import { convertAngle } from '../measure/angle.ts';
import { type Bearing, compassArc } from '../measure/bearing.ts';
import { fromWgs84 } from '../measure/datum.ts';
import { destination, inverse, type Position } from '../measure/geodesy.ts';
import { type LineString, lengthM, pointAlong } from '../measure/geometry.ts';
import { DAY_MS, HOUR_MS } from '../measure/instant.ts';
import { formatMgrs } from '../measure/mgrs.ts';
import type { WhereEntry } from '../measure/where-entry.ts';
import { ALFA, AREAS, UNITS } from './cast.ts';
import { exerciseCentre, LINE } from './exercise-centre.ts';
import { type Random, randomOf } from './random.ts';
import type { Story } from './story.ts';

/**
 * Where things happen in the exercise: near the line, within sight or hearing of the unit that tells
 * of them, told in the ways in which units tell places.
 */
export type StoryUnit = ReturnType<typeof exerciseCentre>['units'][number];

const line: LineString = { type: 'LineString', coordinates: LINE };
const lineM = lengthM(line);
const KM = 1000;

/** Every unit of the cast; where they stand depends on the story only for patrols. */
export const STORY_UNITS: readonly StoryUnit[] = exerciseCentre(0).units;

/** Patrols go somewhere else every week, at six in the morning of its first day. */
export function movesAt(story: Story, week: number): number {
  return story.startMs + week * 7 * DAY_MS + 6 * HOUR_MS;
}

/** In the week of the guided strip the patrols are where its moments happen. */
const WEEK_OF_BEATS = 13;
const AT_THE_BEATS: Readonly<Record<string, Position>> = {
  [UNITS.patrolAlfa]: { lat: 40_266_000, lon: 47_004_000 },
  [UNITS.patrolBravo]: { lat: 39_990_000, lon: 46_985_000 },
};

export function patrolPosition(story: Story, unit: StoryUnit, week: number): Position {
  if (week <= 0) return unit.position ?? pointAlong(line, 0);
  if (week === WEEK_OF_BEATS) return AT_THE_BEATS[unit.unit] ?? pointAlong(line, 0);
  const random = randomOf(`${story.seed}/patrol/${unit.unit}/${week}`);
  const aside = unit.contingent === ALFA ? 270_000 : 90_000;
  const beside = pointAlong(line, random.whole(12, 120) * KM);
  return destination(beside, aside, random.whole(15, 40) * 100);
}

export function standingOf(story: Story, unit: StoryUnit, ms: number): Position {
  if (unit.kind !== 'patrol') return unit.position ?? pointAlong(line, lineM / 2);
  const week = Math.floor((ms - story.startMs - 6 * HOUR_MS) / (7 * DAY_MS));
  return patrolPosition(story, unit, week);
}

/** A place near the line that somebody standing there could see or hear. */
export function targetFrom(standing: Position, random: Random): Position {
  const along = nearestM(standing) + (random.next() + random.next() - 1) * 6 * KM;
  const beside = pointAlong(line, Math.min(Math.max(along, KM), lineM - KM));
  const aside = random.chance(0.5) ? 90_000 : 270_000;
  return destination(beside, aside, Math.round(random.next() * 2200));
}

const FORMS = {
  watcher: { relative: 62, sector: 5, mgrs: 13, line: 8, point: 5, sk42: 2, area: 4, unknown: 1.5 },
  uav: { point: 60, mgrs: 40 },
  sensor: { relative: 82, rangeless: 15, unknown: 3 },
} as const;
type Form = keyof typeof FORMS.watcher | 'rangeless';

/** One way of telling where `target` is, as this unit would enter it. */
export function tellPlace(
  unit: StoryUnit,
  standing: Position,
  target: Position,
  random: Random,
): WhereEntry {
  const forms =
    unit.kind === 'uav'
      ? FORMS.uav
      : unit.kind === 'acoustic_sensor'
        ? FORMS.sensor
        : FORMS.watcher;
  const form: Form = random.weighted<Form>(forms);
  const { metres, trueMdeg } = inverse(standing, target);
  switch (form) {
    case 'relative':
      return {
        form,
        unit: unit.unit,
        bearing: bearingOf(unit, trueMdeg, random),
        range: rangeOf(metres, random),
      };
    case 'rangeless':
      return {
        form: 'relative',
        unit: unit.unit,
        bearing: bearingOf(unit, trueMdeg, random),
        range: { unknown: 'not_known' },
      };
    case 'sector':
      return {
        form: 'relative',
        unit: unit.unit,
        sector: compassArc(COMPASS[Math.round(trueMdeg / 45_000) % 8] ?? 'N', 8),
        range: rangeOf(metres, random),
      };
    case 'mgrs':
      return { form, mgrs: gridOf(target, random.chance(0.6) ? 6 : 8) };
    case 'point':
      return { form, ...degrees(target), errorM: random.whole(3, 20) * 10 };
    case 'sk42':
      return { form: 'point', ...degrees(fromWgs84(target, 'sk42')), errorM: 150, datum: 'sk42' };
    case 'line':
      return lineStretch(target, random);
    case 'area':
      return { form, area: sectorOf(target) };
    case 'unknown':
      return { form, reason: random.chance(0.7) ? 'not_known' : 'not_recorded' };
    default:
      return form satisfies never;
  }
}

/** A stretch of the line around the place nearest to `target`. */
export function lineStretch(target: Position, random: Random): WhereEntry {
  const middle = nearestM(target);
  const fromM = Math.max(0, Math.floor(middle / KM) - random.whole(1, 2)) * KM;
  return {
    form: 'line',
    line: AREAS.line,
    fromM,
    toM: Math.min(fromM + random.whole(2, 5) * KM, lineM - 1) | 0,
  };
}

export function gridOf(target: Position, digits: 6 | 8 | 10): string {
  const grid = formatMgrs(target, digits);
  if (grid === undefined) throw new RangeError('the exercise lies where the grid is');
  return grid;
}

export function degrees({ lat, lon }: Position): { lat: number; lon: number } {
  return { lat: lat / 1e6, lon: lon / 1e6 };
}

const COMPASS = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'] as const;
const DECLINATION = 6_500;
const CONVERGENCE = 1_240;

/** Alfa's compasses are divided into 6400, some of Bravo's into 6000; both read from several norths. */
function bearingOf(unit: StoryUnit, trueMdeg: number, random: Random): Bearing {
  const read = (mdeg: number) => (Math.round(mdeg) + 360_000) % 360_000;
  if (unit.contingent === ALFA) {
    if (random.chance(0.25)) {
      const value = convertAngle(read(trueMdeg - DECLINATION), 'mdeg', 'mil6400');
      return { value, unit: 'mil6400', north: 'magnetic', declinationMdeg: DECLINATION };
    }
    return { value: convertAngle(trueMdeg, 'mdeg', 'mil6400'), unit: 'mil6400', north: 'true' };
  }
  if (random.chance(0.3)) {
    const value = convertAngle(read(trueMdeg - CONVERGENCE), 'mdeg', 'mil6000');
    return { value, unit: 'mil6000', north: 'grid', convergenceMdeg: CONVERGENCE };
  }
  return { value: read(Math.round(trueMdeg / 1000) * 1000), unit: 'mdeg', north: 'true' };
}

function rangeOf(metres: number, random: Random): { min: number; max: number } {
  const spread = metres * (0.05 + random.next() * 0.1);
  const min = Math.max(0, Math.round((metres - spread) / 100) * 100);
  return { min, max: Math.max(min + 100, Math.round((metres + spread) / 100) * 100) };
}

/** Metres along the line of its place nearest to a position, to the kilometre. */
function nearestM(position: Position): number {
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [at, { lat, lon }] of milestones().entries()) {
    const apart = (lat - position.lat) ** 2 + ((lon - position.lon) * 0.766) ** 2;
    if (apart < least) [nearest, least] = [at, apart];
  }
  return nearest * KM;
}

let measured: readonly Position[] | undefined;

/** The line's places kilometre by kilometre; measured once. */
function milestones(): readonly Position[] {
  measured ??= Array.from({ length: Math.floor(lineM / KM) }, (_, km) => pointAlong(line, km * KM));
  return measured;
}

const SECTOR_SOUTHS = [
  [40_430_000, AREAS.alder],
  [40_230_000, AREAS.birch],
  [40_060_000, AREAS.cedar],
  [39_860_000, AREAS.dogwood],
  [39_650_000, AREAS.elm],
] as const;

function sectorOf({ lat }: Position): string {
  return SECTOR_SOUTHS.find(([south]) => lat > south)?.[1] ?? AREAS.fir;
}
