import type { LogMoments } from '@ceasewatch/api/contract/log-moments';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { act, useEffect } from 'react';
import { testRow } from '../../../testing/test-rows.ts';
import { AT, eventsIn, situationAt, statesOf } from '../../../testing/test-states.ts';
import { type Answered, TestTab } from '../../../testing/test-tab.tsx';
import { PATIENCE_MS } from './patiently.ts';
import { type Replay, useReplay } from './use-replay.ts';

/** A log of an event a second. */
const EVENTS = 900;
const BEGIN = Date.parse(AT);
const instantOf = (seq: number) => new Date(BEGIN + seq * 1_000).toISOString();
const lastBy = (instant: number) =>
  Math.min(EVENTS, Math.max(-1, Math.floor((instant - BEGIN) / 1_000)));

function momentsOf(search: URLSearchParams): LogMoments {
  const from = search.get('from') ?? AT;
  const to = search.get('to') ?? instantOf(Number(search.get('asOf') ?? EVENTS));
  const parts = Number(search.get('parts') ?? 1);
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  const through = Array.from({ length: parts }, (_, part) =>
    lastBy(begin + ((end - begin) * (part + 1)) / parts),
  );
  return { asOf: EVENTS, from, to, before: lastBy(begin - 1), through };
}

function answerTo({ pathname, searchParams }: URL): Answered {
  const seq = Number(searchParams.get('asOf') ?? EVENTS);
  if (pathname === '/api/log/moments') return { body: momentsOf(searchParams) };
  if (pathname === '/api/situation/states')
    return { body: statesOf(eventsIn(searchParams), testRow) };
  if (pathname === '/api/centre') return { body: { asOf: seq, annotations: [] } };
  if (pathname === '/api/observations') return { body: { asOf: seq, items: [], matching: 0 } };
  return { body: { situation: situationAt(seq), lastFireItem: null, silentUnits: [] } };
}

describe('a play whose node does not answer', () => {
  let tab: TestTab;
  let replay: Replay;
  /** What it was asked while it was frozen: answered when it is not. */
  let frozen: (() => void)[] | undefined;
  const thaw = () => {
    for (const answer of frozen ?? []) answer();
    frozen = undefined;
  };
  const Hand = () => {
    const held = useReplay('recorded', 'event', null);
    useEffect(() => {
      replay = held;
    });
    return null;
  };
  const press = () => act(async () => replay.toggle());
  const shown = () => replay.shown.asOf ?? -1;

  beforeEach(async () => {
    // As on a desk without WebGL: jsdom has no canvas, and says so at length.
    jest.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
    jest.useFakeTimers({ now: BEGIN });
    history.replaceState(null, '', '/en/replay');
    frozen = undefined;
    tab = new TestTab(
      (address) =>
        frozen === undefined
          ? answerTo(address)
          : new Promise((resolve) => frozen?.push(() => resolve(answerTo(address)))),
      EVENTS,
    );
    await tab.show(<Hand />);
    await act(async () => replay.setSpeed(60));
  });
  afterEach(async () => {
    await tab.close();
    jest.useRealTimers();
  });

  it('waits, says so, and goes on where it was as soon as the node is back', async () => {
    await press();
    await tab.wait(3_000);
    expect(shown()).toBeGreaterThan(100);
    await tab.kill();
    // Longer than the longest pause between two tries of a page that waits for nothing.
    await tab.wait(60_000);
    const stood = shown();
    expect(stood).toBeLessThan(400);
    expect(replay).toMatchObject({ playing: true, missed: { playWaits: true } });
    tab.restart();
    await tab.wait(3_500);
    expect(replay).toMatchObject({ playing: true, missed: null });
    expect(shown()).toBeGreaterThan(stood);
    expect(shown()).toBeLessThan(stood + 300);
  });

  it('begins when the node is back, if it was away before', async () => {
    await tab.kill();
    await press();
    await tab.wait(10_000);
    expect(replay).toMatchObject({ playing: true, missed: { playWaits: true } });
    tab.restart();
    await tab.wait(4_000);
    expect(replay.missed).toBeNull();
    expect(shown()).toBeGreaterThan(0);
  });

  it('says so of a node that is frozen as well, and goes on when it is not', async () => {
    await press();
    await tab.wait(3_000);
    frozen = [];
    await tab.wait(2_000 + PATIENCE_MS);
    expect(replay).toMatchObject({ playing: true, missed: { playWaits: true } });
    const stood = shown();
    await tab.wait(5_000);
    expect(shown()).toBe(stood);
    thaw();
    await tab.wait(2_000);
    expect(replay).toMatchObject({ playing: true, missed: null });
    expect(shown()).toBeGreaterThan(stood);
    expect(shown()).toBeLessThan(stood + 200);
  });

  it('waits no longer once it is paused', async () => {
    await tab.kill();
    await press();
    await tab.wait(5_000);
    await press();
    expect(replay).toMatchObject({ playing: false, missed: null });
    tab.restart();
    await tab.wait(5_000);
    expect(replay).toMatchObject({ playing: false, missed: null });
    expect(shown()).toBe(-1);
  });
});
