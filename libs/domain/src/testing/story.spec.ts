import { describe, expect, it } from '@jest/globals';
import { ceasefireDecider, type CeasefireState } from '../ceasefire/ceasefire.decider.ts';
import { centreDecider } from '../centre/centre.decider.ts';
import type { CentreState } from '../centre/centre-state.ts';
import { foundingEvents, readCentreFile } from '../centre/centre-file.ts';
import { fold } from '../decider.ts';
import { inverse } from '../measure/geodesy.ts';
import { DAY_MS, HOUR_MS, millisOf, parseInstant } from '../measure/instant.ts';
import { resolvedOf } from '../measure/resolved.ts';
import { readWhen } from '../measure/when.ts';
import { observationDecider } from '../observation/observation.decider.ts';
import { reportContent } from '../observation/observation.report.ts';
import type { ObservationState } from '../observation/observation-state.ts';
import { KINDS, MEANS, WEAPON_CATEGORIES } from '../observation/vocabulary.ts';
import { BEATS } from './beats.ts';
import { exerciseCentre } from './exercise-centre.ts';
import { type Story, storyAtTick, storyBetween, type StoryStep, STORY_DAYS } from './story.ts';

const startMs = parseInstant('2026-08-15T20:00:00Z').ms;
const story: Story = { seed: 'juniper', startMs };
const untilMs = startMs + STORY_DAYS * DAY_MS + 14 * HOUR_MS;
const steps = storyBetween(story, startMs, untilMs);
let played: ReturnType<typeof play> | undefined;
const toldOnce = () => (played ??= play(steps));

describe('the story of the exercise', () => {
  it('tells a few thousand reports in fourteen weeks', () => {
    const reports = steps.filter(({ type }) => type === 'record');
    expect(reports.length).toBeGreaterThan(2500);
    expect(reports.length).toBeLessThan(4500);
  });

  it('tells the same again, and the same in pieces', () => {
    const from = untilMs - 20 * DAY_MS;
    const middle = from + 7 * DAY_MS + 5 * HOUR_MS;
    const pieces = [...storyBetween(story, from, middle), ...storyBetween(story, middle, untilMs)];
    expect(pieces).toEqual(steps.filter(({ at }) => at > from));
  });

  it('uses every kind, every means, every weapon and every form of place', () => {
    const bodies = steps.flatMap((step) => (step.type === 'record' ? [step.body] : []));
    expect(KINDS.filter((kind) => !bodies.some((body) => body.kind === kind))).toEqual([]);
    expect(MEANS.filter((means) => !bodies.some((body) => body.means.includes(means)))).toEqual([]);
    expect(
      WEAPON_CATEGORIES.filter(
        (weapon) => !bodies.some((body) => body.weapon?.category === weapon),
      ),
    ).toEqual([]);
    expect(new Set(bodies.map((body) => body.where.form))).toEqual(
      new Set(['point', 'mgrs', 'relative', 'line', 'area', 'unknown']),
    );
  });

  it('corrects about six in a hundred', () => {
    const reports = steps.filter(({ type }) => type === 'record').length;
    const corrections = steps.filter(({ type }) => type === 'correct').length;
    expect(corrections / reports).toBeGreaterThan(0.035);
    expect(corrections / reports).toBeLessThan(0.08);
  });

  it('is accepted by the deciders from the first step to the last', () => {
    const told = toldOnce();
    expect(told.status(BEATS.reinstated)).toBe('recorded');
    for (const beat of Object.values(BEATS)) expect(told.status(beat)).toBe('recorded');
    expect(told.yieldingNothing).toEqual([]);
  });

  it('tells one exchange from two sides within two kilometres, and again seven hours later', () => {
    const told = toldOnce();
    const [alfa, bravo, late] = [BEATS.exchangeAlfa, BEATS.exchangeBravo, BEATS.sevenHoursLate].map(
      (beat) => told.contentOf(beat),
    );
    if (alfa === undefined || bravo === undefined || late === undefined)
      throw new Error('not told');
    const [here, there] = [resolvedOf(alfa.where), resolvedOf(bravo.where)];
    if (here === undefined || there === undefined) throw new Error('not resolved');
    expect(inverse(here, there).metres).toBeLessThan(2_000);
    expect(here.sector).toBe(there.sector);
    const step = steps.find(({ id }) => id === BEATS.sevenHoursLate);
    expect((step?.at ?? 0) - parseInstant(late.when.to).ms).toBeGreaterThan(6 * HOUR_MS);
  });

  it('catches a bearing read in the wrong mils, and a time read in the wrong zone', () => {
    const told = toldOnce();
    expect(told.contentOf(BEATS.milsCorrected)?.where).toMatchObject({
      bearing: { value: 1400, unit: 'mil6000' },
    });
    expect(told.contentOf(BEATS.timeCorrected)?.when.zone).toBe('Europe/Moscow');
  });

  it('gives every command an id of its own', () => {
    expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
  });

  it('moves the screen every half a minute or so, by both contingents', () => {
    const ticks = Array.from({ length: 900 }, (_, tick) =>
      storyAtTick(story, 2_000_000 + tick),
    ).flat();
    const seconds = (900 * 4) / ticks.length;
    expect(seconds).toBeGreaterThan(24);
    expect(seconds).toBeLessThan(50);
    const contingents = ticks.map(({ actor }) => (actor.role === 'system' ? '' : actor.contingent));
    expect(new Set(contingents)).toEqual(new Set(['alfa', 'bravo']));
    for (const { body } of ticks) expect(reportContent.safeParse(body).error).toBeUndefined();
  });

  it('reports nothing that is not over', () => {
    const ticks = Array.from({ length: 9_000 }, (_, tick) => storyAtTick(story, 2_000_000 + tick));
    const reports = [...steps, ...ticks.flat()].flatMap((step) =>
      step.type === 'record' ? [step] : [],
    );
    for (const { at, body } of reports) {
      const { when } = readWhen(body.when, 'external');
      expect(millisOf(when.to)).toBeLessThanOrEqual(at);
    }
  });
});

/** Runs the story through the deciders, as the runner does through the log. */
function play(all: readonly StoryStep[]) {
  const founding = foundingEvents(readCentreFile(exerciseCentre(startMs)));
  let centre: CentreState = fold(centreDecider.evolve, centreDecider.initialState, founding.centre);
  const ceasefire: CeasefireState = fold(
    ceasefireDecider.evolve,
    ceasefireDecider.initialState,
    founding.ceasefire,
  );
  const observations = new Map<string, ObservationState>();
  const yieldingNothing: StoryStep[] = [];
  for (const step of all) {
    if (step.type === 'change_centre') {
      const events = centreDecider.decide(centre, step.change);
      centre = fold(centreDecider.evolve, centre, events);
      continue;
    }
    const id = step.type === 'record' ? step.id : step.observation;
    const state = observations.get(id) ?? observationDecider.initialState;
    const context = { centre, ceasefire, now: step.at, actor: step.actor };
    const events = observationDecider.decide(state, { ...commandOf(step), context });
    if (events.length === 0) yieldingNothing.push(step);
    observations.set(id, fold(observationDecider.evolve, state, events));
  }
  const contentOf = (id: string) => {
    const state = observations.get(id);
    return state === undefined || state.status === 'none' ? undefined : state.content;
  };
  return { yieldingNothing, contentOf, status: (id: string) => observations.get(id)?.status };
}

function commandOf(step: Exclude<StoryStep, { type: 'change_centre' }>) {
  switch (step.type) {
    case 'record':
      return { type: step.type, body: step.body };
    case 'correct':
      return { type: step.type, body: step.body };
    case 'retract':
      return { type: step.type, body: step.body };
    case 'reinstate':
      return { type: step.type, body: step.body };
  }
}
