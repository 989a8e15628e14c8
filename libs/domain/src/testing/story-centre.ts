import { DAY_MS, formatInstant, HOUR_MS } from '../measure/instant.ts';
import { AREAS, UNITS } from './cast.ts';
import { box } from './exercise-centre.ts';
import { seededId } from './random.ts';
import { movesAt, patrolPosition, STORY_UNITS } from './story-places.ts';
import type { Story, StoryStep } from './story.ts';

/** How the centre itself changes: patrols go elsewhere, live-fire exercises are announced. */
export function centreSteps(story: Story, untilDay: number): readonly StoryStep[] {
  const steps: StoryStep[] = [
    announced(story, AREAS.firstRange, 'Live-fire exercise JUNIPER 1', 37, 39),
    announced(story, AREAS.range, 'Live-fire exercise JUNIPER 2', 93, 95),
  ];
  for (let week = 1; week * 7 <= untilDay; week += 1) {
    for (const id of [UNITS.patrolAlfa, UNITS.patrolBravo]) steps.push(moved(story, id, week));
  }
  return steps;
}

function moved(story: Story, unit: string, week: number): StoryStep {
  const patrol = STORY_UNITS.find((each) => each.unit === unit);
  if (patrol === undefined) throw new RangeError(`no unit ${unit} in the cast`);
  const from = movesAt(story, week);
  const at = from - HOUR_MS / 2;
  const position = { ...patrolPosition(story, patrol, week), errorM: 200 };
  const data = { unit, position, from: formatInstant(from) };
  const id = seededId(at, `${story.seed}/moved/${unit}/${week}`);
  return { type: 'change_centre', at, id, change: { type: 'move_unit', data } };
}

/** Announced two days ahead, it explains what will be heard from 09:00 to 13:00 local time. */
function announced(
  story: Story,
  area: string,
  name: string,
  saidOn: number,
  firedOn: number,
): StoryStep {
  const at = story.startMs + saidOn * DAY_MS + 10 * HOUR_MS;
  const firing = story.startMs + firedOn * DAY_MS;
  const data = {
    area,
    kind: 'exercise' as const,
    name: { en: name },
    shape: 'polygon' as const,
    vertices: box(46_868_000, 39_902_000, 16_000),
    from: formatInstant(firing + 9 * HOUR_MS),
    to: formatInstant(firing + 13 * HOUR_MS),
  };
  const id = seededId(at, `${story.seed}/announced/${area}`);
  return { type: 'change_centre', at, id, change: { type: 'define_area', data } };
}
