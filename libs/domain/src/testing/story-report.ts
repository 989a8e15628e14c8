import { inverse, type Position } from '../measure/geodesy.ts';
import { civilOf, formatInstant, HOUR_MS, MINUTE_MS } from '../measure/instant.ts';
import type { WhenEntry } from '../measure/when.ts';
import type { ReportContent } from '../observation/observation.report.ts';
import type { Kind, Means, Via } from '../observation/vocabulary.ts';
import type { Actor } from '../recorded-event.ts';
import { acting, ALFA, OFFICERS } from './cast.ts';
import { EXERCISE_ZONE } from './exercise-centre.ts';
import type { Random } from './random.ts';
import { drawCount, EXPLOSIONS, type KindProfile, PROFILES, RESTRICTIONS } from './story-kinds.ts';
import { standingOf, type StoryUnit, tellPlace } from './story-places.ts';
import { drawNarrative, quickLine } from './story-words.ts';
import type { Story } from './story.ts';

/** One happening as one unit of the exercise reports it. */
export interface Happening {
  readonly kind: Kind;
  readonly target: Position;
  /** When it began, ms since 1970. */
  readonly observedMs: number;
}

export function reportOf(
  story: Story,
  unit: StoryUnit,
  { kind, target, observedMs }: Happening,
  random: Random,
): ReportContent {
  const profile = PROFILES[kind];
  const standing = standingOf(story, unit, observedMs);
  const means = drawMeans(unit, kind, random);
  const count = profile.counted === undefined ? undefined : drawCount(profile.counted, random);
  const via = viaOf(unit, random);
  const weapon =
    profile.weapons !== undefined && random.chance(0.4)
      ? {
          category: random.weighted(profile.weapons),
          confidence: random.pick(['low', 'moderate', 'high']),
        }
      : undefined;
  const line = quickLine(kind, count, inverse(standing, target), hhmmOf(observedMs), means[0]);
  return {
    kind,
    ...(count === undefined ? {} : { count }),
    means: [...means],
    when: whenOf(unit, observedMs, random),
    where: tellPlace(unit, standing, target, random),
    unit: unit.unit,
    ...(kind === 'explosion' ? { explosion: random.weighted(EXPLOSIONS) } : {}),
    ...(weapon === undefined ? {} : { weapon }),
    ...ofItsKind(kind, random),
    ...(random.chance(0.7)
      ? { confidence: random.pick(['low', 'moderate', 'moderate', 'high']) }
      : {}),
    via,
    ...(random.chance(0.55) ? { narrative: drawNarrative(kind, random) } : {}),
    ...(via === 'form' && random.chance(0.5) ? { asEntered: line } : {}),
  };
}

/** An operator of the unit's own contingent; each post has one who is mostly there. */
export function officerFor(unit: StoryUnit, random: Random): Actor {
  const { ashby, tolland, landry, ferrow, brandt, quist } = OFFICERS;
  const crew =
    unit.contingent === ALFA
      ? ([ashby, tolland, landry] as const)
      : ([ferrow, brandt, quist] as const);
  const own = crew.find((officer) => officer.unit === unit.unit);
  return acting(own !== undefined && random.chance(0.8) ? own : random.pick(crew));
}

/** Alfa keeps local time; half of Bravo keeps Moscow time. Nobody reports what is not over yet. */
function whenOf(unit: StoryUnit, observedMs: number, random: Random): WhenEntry {
  const zone = unit.contingent === ALFA || random.chance(0.5) ? EXERCISE_ZONE : 'Europe/Moscow';
  const clock = unit.kind === 'acoustic_sensor' || unit.kind === 'camera' ? 'sensor' : 'device';
  const from = formatInstant(Math.floor(observedMs / MINUTE_MS) * MINUTE_MS);
  const drawn = random.next();
  if (drawn < 0.02)
    return {
      from: formatInstant(Math.floor(observedMs / 1000) * 1000),
      precision: 'second',
      zone,
      clock: 'gps',
    };
  if (drawn < 0.05) {
    const before = formatInstant(Math.floor(observedMs / MINUTE_MS) * MINUTE_MS - HOUR_MS);
    return { from: before, precision: 'hour', zone, clock: 'not_known' };
  }
  if (drawn < 0.11) {
    const began = Math.floor(observedMs / MINUTE_MS - random.whole(3, 25)) * MINUTE_MS;
    return { from: formatInstant(began), to: from, precision: 'period', zone, clock };
  }
  return { from, precision: 'minute', zone, clock };
}

function drawMeans(unit: StoryUnit, kind: Kind, random: Random): [Means, ...Means[]] {
  if (unit.kind === 'uav') return ['uav_imagery'];
  if (unit.kind === 'acoustic_sensor') return ['acoustic'];
  if (unit.kind === 'camera') return ['camera'];
  const first = random.weighted(byEyeAndEar(PROFILES[kind].means));
  if (first === 'heard' && random.chance(0.18)) return ['heard', 'seen'];
  if (first === 'site_inspection' && random.chance(0.3)) return ['site_inspection', 'interview'];
  return [first];
}

/** Posts and patrols have no sensor; what sensors see is told by those who watch them. */
function byEyeAndEar(means: KindProfile['means']): KindProfile['means'] {
  const { camera: _camera, uav_imagery: _uav, acoustic: _acoustic, ...own } = means;
  return own;
}

function viaOf(unit: StoryUnit, random: Random): Via {
  if (unit.kind === 'acoustic_sensor') return 'sensor';
  return random.weighted({ form: 60, radio: 28, telephone: 12 });
}

function ofItsKind(kind: Kind, random: Random): Partial<ReportContent> {
  if (kind === 'restriction') return { restriction: { kind: random.weighted(RESTRICTIONS) } };
  if (kind === 'casualty') return { casualties: [drawCasualty(random)] };
  if (kind === 'civilian_movement') {
    const movement = random.pick(['departing', 'returning', 'returning', 'not_known']);
    return { direction: { movement } };
  }
  if (['burst', 'explosion', 'projectile_in_flight'].includes(kind) && random.chance(0.2)) {
    const value = random.whole(0, 35) * 10_000;
    return { direction: { from: { value, unit: 'mdeg', north: 'true' } } };
  }
  return {};
}

/** Nobody is ever said to have done it: a report tells who was harmed, not by whom. */
function drawCasualty(random: Random): NonNullable<ReportContent['casualties']>[number] {
  const value = random.whole(1, 2);
  return {
    outcome: random.weighted({ injured: 75, killed: 10, missing: 15 }),
    person: random.weighted({ civilian: 50, military: 30, not_known: 20 }),
    count: { value, qualifier: 'exact', unit: 'person' },
  };
}

function hhmmOf(ms: number): string {
  const { hour, minute } = civilOf(ms + 4 * HOUR_MS);
  return `${String(hour).padStart(2, '0')}${String(minute).padStart(2, '0')}`;
}
