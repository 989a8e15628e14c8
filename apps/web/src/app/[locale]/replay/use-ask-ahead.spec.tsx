import type { ChangesAnswer } from '@ceasewatch/api/contract/live';
import type { ObservationPage } from '@ceasewatch/api/contract/observation';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { act, useEffect } from 'react';
import { MovingMoment, type Moment } from '../../../filter/moment.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { testChange, testRow } from '../../../testing/test-rows.ts';
import { AT, standingOf, UNIT } from '../../../testing/test-standing.ts';
import { type Answered, TestTab } from '../../../testing/test-tab.tsx';
import { useFeed } from '../situation/use-feed.ts';
import { useSituation } from '../situation/use-situation.ts';
import { useAskAhead } from './use-ask-ahead.ts';

/** A log of reports, one a second; each moment has as many as it has events. */
const EVENTS = 900;
const timeOf = (seq: number) => new Date(Date.parse(AT) + seq * 1_000).toISOString();
const rowOf = (seq: number) =>
  testRow(seq, {
    unit: UNIT,
    when: { ...testRow(seq).when, from: timeOf(seq), to: timeOf(seq) },
    versionRecordedAt: timeOf(seq),
  });

function answerTo({ pathname, searchParams }: URL): Answered {
  const seq = Number(searchParams.get('asOf') ?? EVENTS);
  const standing = standingOf(seq);
  if (pathname === '/api/situation/standing') return { body: standing };
  if (pathname === '/api/situation')
    return { body: { situation: standing.situation, lastFireItem: null, silentUnits: [] } };
  if (pathname === '/api/changes') {
    const after = Number(searchParams.get('after'));
    const last = Math.min(EVENTS, after + Number(searchParams.get('limit')));
    const changes = Array.from({ length: last - after }, (_, index) => ({
      ...testChange(after + index + 1, rowOf(after + index + 1)),
      time: timeOf(after + index + 1),
    }));
    const body: ChangesAnswer = { log: 'log', after, seq: last, head: EVENTS, changes };
    return { body };
  }
  const items = Array.from({ length: Math.min(3, seq) }, (_, back) => rowOf(seq - back));
  const body: ObservationPage = { asOf: seq, items, matching: seq };
  return { body };
}

const alphabetically = (one: string | undefined, other: string | undefined) =>
  (one ?? '') < (other ?? '') ? -1 : 1;

describe('what is asked ahead', () => {
  let tab: TestTab;
  let ahead: ReturnType<typeof useAskAhead>;
  let shown: { readonly seq: number | undefined; readonly rows: readonly number[] };
  const Asker = () => {
    const asker = useAskAhead(useAddress());
    useEffect(() => {
      ahead = asker;
    });
    return null;
  };
  /** As the panels of the replay ask. */
  const Panels = () => {
    const { situation, since } = useSituation();
    const { rows } = useFeed(false, since);
    useEffect(() => {
      shown = { seq: situation?.seq, rows: rows.map(({ number }) => number) };
    });
    return null;
  };
  const show = (moment: Moment | null) =>
    tab.show(
      <>
        <Asker />
        {moment !== null && (
          <MovingMoment value={moment}>
            <Panels />
          </MovingMoment>
        )}
      </>,
    );
  const has = async (asking: Promise<void>) => {
    await act(() => asking);
    await tab.settle();
  };
  /** Paths of what has been asked since. */
  const asked = () => tab.asked.splice(0).map((address) => address.split('?')[0]);
  const at = (asOf: number): Moment => ({ asOf, until: null });

  beforeEach(async () => {
    jest.useFakeTimers({ now: Date.parse(AT) });
    tab = new TestTab(answerTo);
    await show(null);
  });
  afterEach(async () => {
    await tab.close();
    jest.useRealTimers();
  });

  it('is found answered by the panels, figures and list, with one question for each', async () => {
    await has(ahead.current.figuresAndLists(at(5)));
    expect(asked().toSorted(alphabetically)).toEqual(['/api/observations', '/api/situation']);
    await show(at(5));
    expect(shown).toEqual({ seq: 5, rows: [5, 4, 3] });
    expect(asked()).toEqual([]);
  });

  it('is made of changes while the log is played, and no moment is asked for by itself', async () => {
    await has(ahead.current.played(at(5)));
    expect(asked()).toContain('/api/situation/standing');
    for (const seq of [6, 8, 20]) {
      await has(ahead.current.played(at(seq)));
      await show(at(seq));
      expect(shown.seq).toBe(seq);
      expect(shown.rows.slice(0, 2)).toEqual([seq, seq - 1]);
    }
    expect(asked().filter((path) => path !== '/api/changes')).toEqual([]);
  });

  it('is asked of the server where a play goes through more than its changes are worth', async () => {
    await has(ahead.current.played(at(5)));
    asked();
    await has(ahead.current.played(at(800)));
    expect(asked().toSorted(alphabetically)).toEqual(['/api/observations', '/api/situation']);
  });

  it('is asked of the server after all where a play rests', async () => {
    await has(ahead.current.played(at(5)));
    await has(ahead.current.played(at(6)));
    await show(at(6));
    asked();
    await has(ahead.current.rest(at(6)));
    expect(asked()).toContain('/api/situation');
  });

  it('says nothing of what could not be had: the panels ask once more, and say so', async () => {
    await tab.close();
    tab = new TestTab((address) =>
      address.pathname === '/api/situation' ? { status: 422, body: {} } : answerTo(address),
    );
    await show(null);
    await has(ahead.current.figuresAndLists(at(5)));
    asked();
    await show(at(5));
    expect(asked()).toContain('/api/situation');
  });
});
