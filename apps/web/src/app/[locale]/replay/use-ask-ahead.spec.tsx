import type { ObservationPage } from '@ceasewatch/api/contract/observation';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { act, useEffect } from 'react';
import { MovingMoment, type Moment } from '../../../filter/moment.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { testRow } from '../../../testing/test-rows.ts';
import { AT, eventsIn, situationAt, statesOf } from '../../../testing/test-states.ts';
import { type Answered, TestTab } from '../../../testing/test-tab.tsx';
import { useFeed } from '../situation/use-feed.ts';
import { useSituation } from '../situation/use-situation.ts';
import { useAskAhead } from './use-ask-ahead.ts';

/** A log of reports, one a second; each moment has as many as it has events. */
const EVENTS = 900;
const timeOf = (seq: number) => new Date(Date.parse(AT) + seq * 1_000).toISOString();
const rowOf = (seq: number) =>
  testRow(seq, {
    when: { ...testRow(seq).when, from: timeOf(seq), to: timeOf(seq) },
    versionRecordedAt: timeOf(seq),
  });

function answerTo({ pathname, searchParams }: URL): Answered {
  const seq = Number(searchParams.get('asOf') ?? EVENTS);
  if (pathname === '/api/situation/states')
    return { body: statesOf(eventsIn(searchParams), rowOf) };
  if (pathname === '/api/situation')
    return { body: { situation: situationAt(seq), lastFireItem: null, silentUnits: [] } };
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

  it('is told by one question for a second of a play, and no moment is asked for by itself', async () => {
    await has(ahead.current.coming([5, 6, 8, 20]));
    expect(asked()).toEqual(['/api/situation/states']);
    for (const seq of [5, 6, 8, 20]) {
      await has(ahead.current.played(at(seq)));
      await show(at(seq));
      expect(shown).toEqual({ seq, rows: [seq, seq - 1, seq - 2] });
    }
    expect(asked()).toEqual([]);
  });

  it('is found answered where a play rests', async () => {
    await has(ahead.current.coming([5, 6]));
    await has(ahead.current.played(at(6)));
    await show(at(6));
    asked();
    await has(ahead.current.map(at(6)));
    expect(asked()).toEqual(['/api/observations']);
  });

  it('is asked of the server state by state where free text is looked for', async () => {
    await tab.show(<Asker />, 'q=mill');
    await has(ahead.current.coming([5, 6]));
    expect(asked()).toEqual([]);
    await has(ahead.current.played(at(5)));
    expect(asked().toSorted(alphabetically)).toEqual(['/api/observations', '/api/situation']);
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
