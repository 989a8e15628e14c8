import { DAY_MS, formatInstant, HOUR_MS, MINUTE_MS } from '../measure/instant.ts';
import type { WhenEntry } from '../measure/when.ts';
import type { ReportContent } from '../observation/observation.report.ts';
import { acting, type CastOfficer } from './cast.ts';
import { EXERCISE_ZONE } from './exercise-centre.ts';
import type { RecordStep, Story } from './story.ts';

/** How the fixed moments of the story are written: by local day and hour, by whom, at what time. */

/** A local time of a day of the story: `on(story, 96, 21, 14)`. */
export function on(story: Story, day: number, hour: number, minute: number): number {
  return story.startMs + day * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS;
}

export function minuteOf(ms: number, zone = EXERCISE_ZONE): WhenEntry {
  return { from: formatInstant(ms), precision: 'minute', zone, clock: 'device' };
}

export function recorded(
  id: string,
  at: number,
  officer: CastOfficer,
  body: ReportContent,
): RecordStep {
  return { type: 'record', at, id, actor: acting(officer), body };
}
