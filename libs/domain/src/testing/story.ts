import type { CentreCommand } from '../centre/centre.decider.ts';
import { DAY_MS, HOUR_MS } from '../measure/instant.ts';
import type {
  ObservationCorrection,
  ObservationReinstatement,
  ObservationRetraction,
  ReportContent,
} from '../observation/observation.report.ts';
import type { Actor } from '../recorded-event.ts';
import { randomOf, seededId } from './random.ts';
import { beatSteps } from './story-beats.ts';
import { centreSteps } from './story-centre.ts';
import { daySteps, drawHappening } from './story-day.ts';

/**
 * The exercise's story: what the observers of Alfa and Bravo report along the Juniper line. It is a
 * function of a seed and the instant at which it starts; asking for any stretch of it again yields the
 * same steps, so a node that was down for a night fills the gap with what would have been there.
 *
 * Nothing in it happened anywhere. It shows the honest troubles of monitoring: vague counts, late
 * reports, mistaken norths and zones, two accounts of one exchange, silence that is no silence.
 */
export interface Story {
  readonly seed: string;
  /** Local midnight at which the ceasefire came into force, ms since 1970. */
  readonly startMs: number;
}

interface Step {
  /** When it is recorded, ms since 1970. */
  readonly at: number;
  /** The command's id. */
  readonly id: string;
}
interface OfficersStep extends Step {
  readonly actor: Actor;
}
interface LaterStep extends OfficersStep {
  readonly observation: string;
}

export interface RecordStep extends OfficersStep {
  readonly type: 'record';
  readonly body: ReportContent;
}
export type StoryStep =
  | RecordStep
  | (LaterStep & { readonly type: 'correct'; readonly body: Omit<ObservationCorrection, 'id'> })
  | (LaterStep & { readonly type: 'retract'; readonly body: Omit<ObservationRetraction, 'id'> })
  | (LaterStep & {
      readonly type: 'reinstate';
      readonly body: Omit<ObservationReinstatement, 'id'>;
    })
  | (Step & { readonly type: 'change_centre'; readonly change: CentreCommand });

/** How long before now the story begins: fourteen weeks. */
export const STORY_DAYS = 98;
/** A step is recorded at most this long after the day to which it belongs has begun. */
const LONGEST_TAIL_DAYS = 4;

/** Every step recorded in (afterMs, untilMs], in the order in which they are recorded. */
export function storyBetween(story: Story, afterMs: number, untilMs: number): readonly StoryStep[] {
  return new Storyteller(story).between(afterMs, untilMs);
}

/** Tells stretches of one story, one after the other, without drawing the same days again. */
export class Storyteller {
  readonly story: Story;
  readonly #beats: readonly StoryStep[];
  readonly #days = new Map<number, readonly StoryStep[]>();
  #changes: { readonly until: number; readonly steps: readonly StoryStep[] } = {
    until: -1,
    steps: [],
  };

  constructor(story: Story) {
    this.story = story;
    this.#beats = beatSteps(story);
  }

  /** Every step recorded in (afterMs, untilMs], in the order in which they are recorded. */
  between(afterMs: number, untilMs: number): readonly StoryStep[] {
    const dayOf = (ms: number) => Math.floor((ms - this.story.startMs) / DAY_MS);
    const steps: StoryStep[] = [...this.#beats, ...this.#changesUntil(dayOf(untilMs) + 1)];
    const first = Math.max(0, dayOf(afterMs) - LONGEST_TAIL_DAYS);
    for (const day of this.#days.keys()) if (day < first) this.#days.delete(day);
    for (let day = first; day <= dayOf(untilMs); day += 1) steps.push(...this.#day(day));
    return steps
      .filter(({ at }) => at > afterMs && at <= untilMs)
      .toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }

  #changesUntil(day: number): readonly StoryStep[] {
    if (this.#changes.until !== day) {
      this.#changes = { until: day, steps: centreSteps(this.story, day) };
    }
    return this.#changes.steps;
  }

  #day(day: number): readonly StoryStep[] {
    const known = this.#days.get(day) ?? daySteps(this.story, day);
    this.#days.set(day, known);
    return known;
  }
}

/**
 * The screen moves: one tick of the live exercise lasts this long, and one of nine brings a report.
 * Much more, and an hour of it would dwarf the weeks before.
 */
export const TICK_MS = 4_000;

/**
 * What the live exercise reports at a tick: nothing, or something seen minutes ago.
 *
 * @param tick number of the tick since the start of the story
 */
export function storyAtTick(story: Story, tick: number): readonly RecordStep[] {
  const random = randomOf(`${story.seed}/tick/${tick}`);
  if (!random.chance(1 / 9)) return [];
  const at = story.startMs + tick * TICK_MS;
  if (at < story.startMs + HOUR_MS) return [];
  const observed = at - random.whole(60, 240) * 1000;
  const { body, actor } = drawHappening(story, random, observed);
  return [{ type: 'record', at, id: seededId(at, `${story.seed}/tick/${tick}`), actor, body }];
}
