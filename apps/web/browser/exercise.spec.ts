import { exerciseBeginning } from '../../api/src/exercise/exercise-log.ts';
import { DAY_MS, formatInstant, MINUTE_MS } from '@ceasewatch/domain/measure/instant';
import {
  type Story,
  storyAtTick,
  storyBetween,
  type StoryStep,
  TICK_MS,
} from '@ceasewatch/domain/testing/story';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from './testing/eventually.ts';
import { OwnNode } from './testing/own-node.ts';
import { feedRows, settled } from './testing/situation.ts';
import { describeInBrowser } from './testing/visitor.ts';

jest.setTimeout(300_000);

/**
 * An exercise tells by itself what its story holds for the moment, now and then: on the average every
 * half a minute. Nobody need wait for that here: a seed is looked for whose story tells often.
 */
const OFTEN_MS = 30_000;
const FOR_MS = 3 * MINUTE_MS;

describeInBrowser('an exercise to which nobody does anything', (visitor) => {
  const beganMs = Date.now();
  const { flags, story } = liveliest(beganMs);
  const node = new OwnNode(flags);
  let page: Page;
  let first: readonly string[];

  beforeAll(async () => {
    await node.start();
    page = await visitor().open(`${node.address}/en/situation`, { webgl: false });
    await settled(page);
    first = await idsOf(page);
  });
  afterAll(() => node.end());

  test('goes on in the open page, with what its story holds for now', async () => {
    const now = await eventually(
      () => idsOf(page),
      (ids) => ids.some((id) => !first.includes(id)),
      FOR_MS,
    );
    const planned = storyBetween(story, beganMs, Date.now());
    // What is corrected comes to the top of the feed as well.
    const due = planned.flatMap(observationsOf);
    for (let at = beganMs; at < Date.now(); at += TICK_MS) due.push(...told(story, at));
    expect(due).toEqual(expect.arrayContaining(now.filter((id) => !first.includes(id))));
  });

  test('and all of it without a fault', () => {
    expect(visitor().faults).toEqual([]);
  });
});

interface Lively {
  readonly flags: readonly string[];
  readonly story: Story;
}

/** The first seed whose story, begun two days ago, is never silent for long within the next minutes. */
function liveliest(nowMs: number): Lively {
  const start = formatInstant(nowMs - 2 * DAY_MS);
  for (let n = 0; ; n += 1) {
    const seed = `lively ${n}`;
    const { startMs, logId = '' } = exerciseBeginning({ seed, start }, nowMs);
    if (isLively({ seed: logId, startMs }, nowMs)) {
      return { flags: ['--seed', seed, '--start', start], story: { seed: logId, startMs } };
    }
  }
}

function isLively(story: Story, nowMs: number): boolean {
  let silentMs = 0;
  for (let passed = TICK_MS; passed < FOR_MS; passed += TICK_MS) {
    silentMs = told(story, nowMs + passed).length > 0 ? 0 : silentMs + TICK_MS;
    if (silentMs >= OFTEN_MS) return false;
  }
  return true;
}

function observationsOf(step: StoryStep): readonly string[] {
  if (step.type === 'change_centre') return [];
  return [step.type === 'record' ? step.id : step.observation];
}

/** What the story tells at the tick of that moment: ids of reports. */
function told(story: Story, atMs: number): readonly string[] {
  return storyAtTick(story, Math.floor((atMs - story.startMs) / TICK_MS)).map(({ id }) => id);
}

function idsOf(page: Page): Promise<readonly string[]> {
  return feedRows(page).evaluateAll((rows) => rows.map((row) => row.getAttribute('data-id') ?? ''));
}
