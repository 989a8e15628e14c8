import { formatInstant, MINUTE_MS } from '../measure/instant.ts';
import type { ReportContent } from '../observation/observation.report.ts';
import { BEATS } from './beats.ts';
import { AREAS, OFFICERS, UNITS } from './cast.ts';
import { EXERCISE_ZONE } from './exercise-centre.ts';
import { randomOf, seededId } from './random.ts';
import { minuteOf, on, recorded } from './story-moment.ts';
import type { RecordStep, Story } from './story.ts';

/**
 * The spike that is none: an announced live-fire exercise on the range. What is heard is recorded like
 * anything else, with its class, and remains visible; the announcement beside it explains it.
 */
const FIRINGS = [
  { day: 39, area: AREAS.firstRange, blasts: 24, first: undefined },
  { day: 95, area: AREAS.range, blasts: 44, first: BEATS.liveFire },
] as const;

export function liveFireSteps(story: Story): readonly RecordStep[] {
  return FIRINGS.flatMap(({ day, area, blasts, first }) => {
    const random = randomOf(`${story.seed}/live-fire/${day}`);
    return Array.from({ length: blasts }, (_, blast): RecordStep => {
      const ms = on(story, day, 9, 4) + Math.floor((blast * 228) / blasts) * MINUTE_MS;
      const at = ms + random.whole(60_000, 400_000);
      const id =
        blast === 0 && first !== undefined
          ? first
          : seededId(at, `${story.seed}/live-fire/${day}/${blast}`);
      return random.chance(0.7)
        ? recorded(id, at, OFFICERS.ferrow, heard(ms, random.whole(1, 4)))
        : recorded(id, at, OFFICERS.landry, watched(ms, area, random.whole(1, 3)));
    });
  });
}

function heard(ms: number, value: number): ReportContent {
  return {
    kind: 'explosion',
    count: { value, qualifier: 'exact', unit: 'explosion' },
    means: ['heard'],
    when: minuteOf(ms),
    where: {
      form: 'relative',
      unit: UNITS.postDogwood,
      bearing: { value: 191_000, unit: 'mdeg', north: 'true' },
      range: { min: 8800, max: 10_400 },
    },
    unit: UNITS.postDogwood,
    explosion: 'outgoing',
    confidence: 'high',
    via: 'form',
  };
}

function watched(ms: number, area: string, value: number): ReportContent {
  return {
    kind: 'explosion',
    count: { value, qualifier: 'exact', unit: 'explosion' },
    means: ['uav_imagery'],
    when: {
      from: formatInstant(ms),
      to: formatInstant(ms + MINUTE_MS),
      precision: 'second',
      zone: EXERCISE_ZONE,
      clock: 'gps',
    },
    where: { form: 'area', area },
    unit: UNITS.uavAlfa,
    explosion: 'controlled_detonation',
    weapon: { category: 'artillery_ge_100', calibreUm: 122_000, confidence: 'high' },
    confidence: 'high',
    via: 'form',
    narrative: 'On the range, as announced.',
  };
}
