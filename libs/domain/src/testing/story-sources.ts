import { DAY_MS, formatInstant, HOUR_MS, MINUTE_MS } from '../measure/instant.ts';
import type { ReportContent } from '../observation/observation.report.ts';
import { acting, OFFICERS, UNITS } from './cast.ts';
import { EXERCISE_ZONE, exerciseCentre } from './exercise-centre.ts';
import { randomOf, seededId } from './random.ts';
import { degrees } from './story-places.ts';
import type { Story, StoryStep } from './story.ts';

/**
 * What others say: newspapers, residents, a relief organisation. It is told by the exercise's external
 * source, days are its finest time and a village its finest place, and it is never mixed with what a
 * unit perceived.
 */
export function sourceSteps(story: Story, day: number): readonly StoryStep[] {
  const random = randomOf(`${story.seed}/sources/${day}`);
  if (!random.chance(0.3)) return [];
  const dayMs = story.startMs + day * DAY_MS;
  const at = dayMs + random.whole(30, 44) * HOUR_MS + random.whole(0, 59) * MINUTE_MS;
  const { places } = exerciseCentre(story.startMs);
  const place = places[random.whole(0, places.length - 1)];
  if (place === undefined) return [];
  const kind = random.weighted({
    damage: 40,
    explosion: 25,
    civilian_movement: 20,
    casualty: 5,
    other: 10,
  });
  const body: ReportContent = {
    kind,
    means: [random.pick(['third_party', 'document', 'interview'])],
    when: { from: formatInstant(dayMs), precision: 'day', zone: EXERCISE_ZONE, clock: 'source' },
    where: {
      form: 'area',
      name: place.name['en'] ?? '',
      near: { ...degrees(place), errorM: 2500 },
    },
    unit: UNITS.otherSources,
    origin: 'external',
    via: 'telephone',
    ...(kind === 'casualty' ? { casualties: [INJURED] } : { count: { unknown: 'not_recorded' } }),
    narrative: `Told by a resident of ${place.name['en'] ?? 'a village'}, not seen by any unit.`,
  };
  const officer = random.pick([OFFICERS.tolland, OFFICERS.brandt]);
  const id = seededId(at, `${story.seed}/sources/${day}`);
  return [{ type: 'record', at, id, actor: acting(officer), body }];
}

const INJURED = {
  outcome: 'injured',
  person: 'civilian',
  count: { value: 1, qualifier: 'at_least', unit: 'person' },
} as const;
