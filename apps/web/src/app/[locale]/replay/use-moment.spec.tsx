import type { SituationAnswer } from '@ceasewatch/api/contract/situation';
import { emptySituation, toSituation } from '@ceasewatch/domain/situation/situation-fold';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { act, useEffect } from 'react';
import { LIVE, type Moment } from '../../../filter/moment.ts';
import { testRow } from '../../../testing/test-rows.ts';
import { eventsIn, statesOf } from '../../../testing/test-states.ts';
import { type Answered, TestTab } from '../../../testing/test-tab.tsx';
import { PATIENCE_MS } from './patiently.ts';
import { type MomentInHand, useMoment } from './use-moment.ts';

const AT = '2026-11-22T12:00:00.000Z';
/** Longer than the hand has to stand still before everything follows. */
const RESTED_MS = 500;

const at = (asOf: number): Moment => ({ asOf, until: null });

function answerTo(address: URL): Answered {
  const seq = Number(address.searchParams.get('asOf') ?? 99);
  if (address.pathname === '/api/observations')
    return { body: { asOf: seq, items: [], matching: 0 } };
  if (address.pathname === '/api/centre') return { body: { asOf: seq, annotations: [] } };
  if (address.pathname === '/api/situation/states')
    return { body: statesOf(eventsIn(address.searchParams), testRow) };
  const query = { at: AT, window: '30d', zone: 'UTC', filter: {} } as const;
  const situation = { ...toSituation(emptySituation(query, [])), seq };
  const body: SituationAnswer = { situation, lastFireItem: null, silentUnits: [] };
  return { body };
}

describe('the moment in hand', () => {
  let tab: TestTab;
  let hand: MomentInHand;
  let left: number;
  let failed: unknown[];
  /** While it is set, nothing is answered. */
  let silent: boolean;
  let waiting: (() => void)[];
  const Hand = () => {
    const held = useMoment(
      () => {
        left += 1;
      },
      (error) => failed.push(error),
    );
    useEffect(() => {
      hand = held;
    });
    return null;
  };
  const speak = async () => {
    silent = false;
    for (const answer of waiting.splice(0)) answer();
    await tab.settle();
  };
  const go = async (...moments: readonly Moment[]) => {
    await act(async () => {
      for (const moment of moments) hand.go(moment);
    });
    await tab.settle();
  };
  const figuresAsked = () =>
    tab.asked
      .filter((address) => address.startsWith('/api/situation?'))
      .map((address) => new URLSearchParams(address.split('?')[1]).get('asOf'));

  beforeEach(async () => {
    // As on a desk without WebGL: jsdom has no canvas, and says so at length.
    jest.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
    jest.useFakeTimers({ now: Date.parse(AT) });
    history.replaceState(null, '', '/en/replay');
    [left, failed, silent, waiting] = [0, [], false, []];
    tab = new TestTab((address) => {
      if (!silent) return answerTo(address);
      return new Promise((resolve) => waiting.push(() => resolve(answerTo(address))));
    });
    await tab.show(<Hand />);
  });
  afterEach(async () => {
    await tab.close();
    jest.useRealTimers();
  });

  it('is shown when it has been answered, and not before', async () => {
    silent = true;
    await go(at(5));
    expect(hand).toMatchObject({ wanted: at(5), shown: LIVE });
    await speak();
    expect(hand.shown).toEqual(at(5));
  });

  it('asks of all that a dragging hand passes for the first and the last', async () => {
    silent = true;
    await go(...[10, 11, 12, 13, 14].map(at));
    await speak();
    expect(hand.shown).toEqual(at(14));
    expect(figuresAsked()).toEqual(['10', '14']);
  });

  it('is followed by map and address when the hand rests, and not while it moves', async () => {
    await go(at(20));
    await tab.wait(100);
    await go(at(21));
    await tab.wait(100);
    expect([hand.drawn, location.search]).toEqual([LIVE, '']);
    await tab.wait(RESTED_MS);
    expect(hand.drawn).toEqual(at(21));
    expect(location.search).toBe('?asof=21');
    expect(left).toBe(0);
  });

  it('is not followed while the hand moves on a desk that draws no map by itself', async () => {
    for (let seq = 20; seq < 50; seq += 1) {
      await go(at(seq));
      await tab.wait(100);
    }
    expect(hand.shown).toEqual(at(49));
    expect([hand.drawn, location.search]).toEqual([LIVE, '']);
  });

  it('is followed once a second while it is played', async () => {
    const followed = new Set<number | null>();
    for (let seq = 20; seq < 50; seq += 1) {
      await act(async () => void hand.play(at(seq)));
      await tab.wait(100);
      followed.add(hand.drawn.asOf);
    }
    expect(followed.size).toBeGreaterThanOrEqual(3);
    expect(followed.size).toBeLessThanOrEqual(5);
  });

  it('tells a play when it has been painted, and not before it was answered', async () => {
    silent = true;
    let painted = false;
    await act(async () => void hand.play(at(20)).then(() => (painted = true)));
    await tab.wait(RESTED_MS);
    expect(painted).toBe(false);
    await speak();
    await tab.wait(RESTED_MS);
    expect([hand.shown, painted]).toEqual([at(20), true]);
  });

  it('has what comes next while the hand rests', async () => {
    await act(async () => hand.go(at(30), 'replace', at(31)));
    await tab.wait(RESTED_MS);
    expect(figuresAsked()).toEqual(['30', '31']);
    await go(at(31));
    expect(hand.shown).toEqual(at(31));
    expect(figuresAsked()).toEqual(['30', '31']);
  });

  it('is another when the address says so by itself, whatever was on its way', async () => {
    silent = true;
    await go(at(40));
    await tab.show(<Hand />, 'asof=7');
    await speak();
    expect(hand).toMatchObject({ wanted: at(7), shown: at(7) });
    expect(left).toBe(1);
    await tab.wait(RESTED_MS);
    expect(hand.drawn).toEqual(at(7));
  });

  it('is one and the same everywhere where the node is away', async () => {
    await go(at(20));
    await tab.wait(RESTED_MS);
    await tab.kill();
    await go(...[21, 22, 23].map(at));
    await tab.wait(2 * RESTED_MS);
    expect(hand).toMatchObject({ wanted: at(23), shown: at(23), drawn: at(23) });
    expect(location.search).toBe('?asof=23');
  });

  it('is one and the same everywhere where the node is there and silent', async () => {
    await go(at(20));
    await tab.wait(RESTED_MS);
    silent = true;
    await go(...[21, 22, 23].map(at));
    await tab.wait(PATIENCE_MS - RESTED_MS);
    expect(hand).toMatchObject({ wanted: at(23), shown: at(20), drawn: at(20) });
    // For the moment that was passed first, for the last, and for what follows it.
    await tab.wait(3 * PATIENCE_MS);
    expect(hand).toMatchObject({ wanted: at(23), shown: at(23), drawn: at(23) });
    expect(location.search).toBe('?asof=23');
  });

  it('is now, everywhere and at once, when the address leaves the past', async () => {
    await tab.show(<Hand />, 'asof=7');
    silent = true;
    await tab.show(<Hand />);
    expect(hand).toMatchObject({ wanted: LIVE, shown: LIVE, drawn: LIVE });
  });
});
