import { inverse, type Position } from '../measure/geodesy.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../measure/instant.ts';
import type { ReportContent } from '../observation/observation.report.ts';
import { FIRE_ITEMS, type Kind, KINDS } from '../observation/vocabulary.ts';
import type { Actor } from '../recorded-event.ts';
import { ALFA, UNITS } from './cast.ts';
import { type Random, randomOf, seededId } from './random.ts';
import { isSilentNight } from './story-beats.ts';
import { laterSteps } from './story-corrections.ts';
import { sourceSteps } from './story-sources.ts';
import { PROFILES } from './story-kinds.ts';
import { standingOf, STORY_UNITS, type StoryUnit, targetFrom } from './story-places.ts';
import { officerFor, reportOf } from './story-report.ts';
import type { RecordStep, Story, StoryStep } from './story.ts';

/**
 * One day of the exercise: how much happens, at which hours, before whose eyes, and how late it is
 * told. Fridays and evenings are restless; now and then a sector flares up for two days.
 */
const HAPPENINGS_A_DAY = 20;
const WEEKDAYS = [0.9, 0.95, 0.9, 1.05, 1.3, 1.1, 0.8] as const;
const HOURS: Readonly<Record<string, number>> = Object.fromEntries(
  [2, 1.5, 1, 1, 1.5, 3, 5, 6, 5, 4, 3.5, 3, 3, 3, 3, 3.5, 4, 5, 7, 9, 10, 9, 6, 4].map(
    (weight, hour) => [String(hour), weight],
  ),
);

/** Everything that begins on a day, with its corrections of the days after. */
export function daySteps(story: Story, day: number): readonly StoryStep[] {
  const random = randomOf(`${story.seed}/day/${day}`);
  const dayMs = story.startMs + day * DAY_MS;
  const focus = focusOf(story, day);
  const mean = HAPPENINGS_A_DAY * trendOf(day) * weekdayOf(dayMs) * (focus?.factor ?? 1);
  const steps: StoryStep[] = [...sourceSteps(story, day)];
  const happenings = random.poisson(mean);
  for (let each = 0; each < happenings; each += 1) {
    const key = `${story.seed}/day/${day}/${each}`;
    steps.push(...happeningSteps(story, randomOf(key), { key, dayMs, focus: focus?.unit }));
  }
  return steps;
}

/** One report by a unit that could have seen it: what the live exercise draws too. */
export function drawHappening(
  story: Story,
  random: Random,
  observedMs: number,
): { readonly body: ReportContent; readonly actor: Actor } {
  const unit = drawUnit(random);
  const kind = drawKind(unit, random);
  const target = targetFrom(standingOf(story, unit, observedMs), random);
  const body = reportOf(story, unit, { kind, target, observedMs }, random);
  return { body, actor: officerFor(unit, random) };
}

interface Setting {
  readonly key: string;
  readonly dayMs: number;
  readonly focus: StoryUnit | undefined;
}

function happeningSteps(story: Story, random: Random, { key, dayMs, focus }: Setting): StoryStep[] {
  const hour = Number(random.weighted(HOURS));
  const observedMs = dayMs + hour * HOUR_MS + random.whole(0, 3599) * 1000;
  const unit = focus !== undefined && random.chance(0.6) ? focus : drawUnit(random);
  const kind = drawKind(unit, random);
  const target = targetFrom(standingOf(story, unit, observedMs), random);
  const tellings: [StoryUnit, number][] = [[unit, observedMs]];
  // The same unit hears more of it, or somebody of the other contingent hears it too.
  if (random.chance(0.26)) tellings.push([unit, observedMs + random.whole(4, 40) * MINUTE_MS]);
  const other = otherContingent(unit, target);
  if (random.chance(0.16) && isSharedBy(kind, other, target)) {
    tellings.push([other, observedMs + 20_000]);
  }
  return tellings.flatMap(([who, when], telling) => {
    if (isSilentNight(story, who.unit, when)) return [];
    const step = recordStep(story, random, { key: `${key}/${telling}`, who, when, kind, target });
    return [step, ...laterSteps(story, step, target, `${key}/${telling}`)];
  });
}

interface Telling {
  readonly key: string;
  readonly who: StoryUnit;
  readonly when: number;
  readonly kind: Kind;
  readonly target: Position;
}

function recordStep(
  story: Story,
  random: Random,
  { key, who, when, kind, target }: Telling,
): RecordStep {
  const body = reportOf(story, who, { kind, target, observedMs: when }, random);
  // A period ends at most 25 minutes later, and nobody reports what has not happened yet.
  const told = when + 26 * MINUTE_MS * (body.when.precision === 'period' ? 1 : 0);
  const at = told + delayOf(random);
  return { type: 'record', at, id: seededId(at, key), actor: officerFor(who, random), body };
}

/** Most reports come within a quarter of an hour; some wait for the end of a patrol. */
function delayOf(random: Random): number {
  if (random.chance(0.035))
    return random.whole(6 * 60 + 5, 20 * 60) * MINUTE_MS + random.whole(0, 59_999);
  const minutes = 2 - Math.log(1 - random.next()) * 11;
  return Math.round(Math.min(minutes, 300) * MINUTE_MS);
}

const UNIT_WEIGHTS: Readonly<Record<string, number>> = {
  [UNITS.postAlder]: 14,
  [UNITS.postCedar]: 16,
  [UNITS.cameraElm]: 9,
  [UNITS.uavAlfa]: 8,
  [UNITS.patrolAlfa]: 7,
  [UNITS.sensorFir]: 8,
  [UNITS.postDogwood]: 17,
  [UNITS.postFir]: 13,
  [UNITS.cameraBirch]: 8,
  [UNITS.uavBravo]: 8,
  [UNITS.patrolBravo]: 7,
  [UNITS.liaisonBravo]: 3,
};

function drawUnit(random: Random): StoryUnit {
  return unitOf(random.weighted(UNIT_WEIGHTS));
}

export function unitOf(id: string): StoryUnit {
  const unit = STORY_UNITS.find((each) => each.unit === id);
  if (unit === undefined) throw new RangeError(`no unit ${id} in the cast`);
  return unit;
}

const HEARD_ONLY: readonly Kind[] = ['burst', 'shot', 'burst_or_shot', 'explosion'];
const FROM_ABOVE: readonly Kind[] = [
  'weapon_presence',
  'troop_movement',
  'engineering_works',
  'crater',
  'damage',
  'fire_or_smoke',
  'signal_interference',
  'civilian_movement',
];
const NOT_BY_CAMERA: readonly Kind[] = [
  'burst_or_shot',
  'restriction',
  'casualty',
  'uxo_or_mine',
  'other',
];

function drawKind(unit: StoryUnit, random: Random): Kind {
  return random.weighted(weightsFor(unit));
}

function weightsFor(unit: StoryUnit): Partial<Record<Kind, number>> {
  const kinds = KINDS.filter((kind) => {
    if (unit.kind === 'acoustic_sensor') return HEARD_ONLY.includes(kind);
    if (unit.kind === 'uav') return FROM_ABOVE.includes(kind);
    if (unit.kind === 'camera') return !NOT_BY_CAMERA.includes(kind);
    return kind !== 'signal_interference';
  });
  return Object.fromEntries(kinds.map((kind) => [kind, PROFILES[kind].weight]));
}

/** The nearest post or camera of the other contingent. */
function otherContingent(unit: StoryUnit, target: Position): StoryUnit {
  const contingent = unit.contingent === ALFA ? 'bravo' : ALFA;
  const apart = ({ position }: StoryUnit) =>
    position === undefined
      ? Number.POSITIVE_INFINITY
      : Math.hypot(position.lat - target.lat, (position.lon - target.lon) * 0.766);
  const [nearest] = STORY_UNITS.filter((each) => each.contingent === contingent)
    .filter(({ kind }) => kind === 'post' || kind === 'camera')
    .toSorted((a, b) => apart(a) - apart(b));
  return nearest ?? unit;
}

const SHARED: readonly Kind[] = [...FIRE_ITEMS, 'uav', 'aircraft', 'fire_or_smoke'];
const HEARING_M = 11_000;

/** Whether a unit of the other contingent could have heard or seen it too. */
function isSharedBy(kind: Kind, { position }: StoryUnit, target: Position): boolean {
  return (
    SHARED.includes(kind) && position !== undefined && inverse(position, target).metres < HEARING_M
  );
}

/** The first days are restless, then it calms down and never becomes silent. */
function trendOf(day: number): number {
  return 0.9 + 0.9 * Math.exp(-day / 7);
}

/** Of the local day; the exercise's zone has had one offset for years. */
function weekdayOf(dayMs: number): number {
  // 1 January 1970 was a Thursday; weeks begin on Monday.
  const days = Math.floor((dayMs + 4 * HOUR_MS) / DAY_MS);
  return WEEKDAYS[(days + 3) % 7] ?? 1;
}

/** Every third week or so one unit sees two days of more than usual. */
function focusOf(story: Story, day: number): { unit: StoryUnit; factor: number } | undefined {
  const random = randomOf(`${story.seed}/week/${Math.floor(day / 7)}`);
  if (!random.chance(0.35)) return undefined;
  const first = random.whole(0, 5);
  const unit = drawUnit(random);
  const factor = 1.8 + random.next();
  const inWeek = day % 7;
  return inWeek === first || inWeek === first + 1 ? { unit, factor } : undefined;
}
