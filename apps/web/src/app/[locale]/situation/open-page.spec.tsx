import type { SituationAnswer } from '@ceasewatch/api/contract/situation';
import type { Change } from '@ceasewatch/domain/situation/observation-row';
import { emptySituation, toSituation } from '@ceasewatch/domain/situation/situation-fold';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { filterOf } from '../../../filter/filter-query.ts';
import { useUnseenEvents } from '../../../serious/use-unseen-events.ts';
import { stillHeld } from '../../../testing/still-held.ts';
import { testChange, testRow } from '../../../testing/test-rows.ts';
import { TestTab } from '../../../testing/test-tab.tsx';
import { FeedPanel } from './feed-panel.tsx';
import { useMapRows } from './use-map-rows.ts';
import { useSituation } from './use-situation.ts';
import { useBeforeWindow } from './window-notice.tsx';

const SINCE = '2026-10-23T12:00:00.000Z';
const FRAME = 100;
/** Few, each told anew again and again: only the last of each has to be shown. */
const OBSERVATIONS = 50;
/** The feed of a tab keeps the newest two thousand to bring an answer up to them. */
const FRAMES_KEPT = 20;

/** What stands in the shell is not drawn when reports come. */
function Shell() {
  useUnseenEvents();
  return null;
}

describe('a page that stays open', () => {
  let tab: TestTab;
  let seq: number;
  let questions: () => number;

  /** All that follows the changes on the situation, but for what it draws of them. */
  const Screen = () => {
    const { situation, since } = useSituation();
    useMapRows(since);
    useBeforeWindow(situation);
    const queries = useQueryClient();
    useEffect(() => {
      questions = () => queries.getQueryCache().getAll().length;
    }, [queries]);
    return <FeedPanel since={SINCE} />;
  };

  beforeEach(async () => {
    jest.useFakeTimers({ now: Date.UTC(2026, 10, 22, 12, 0, 5) });
    seq = 10;
    tab = new TestTab((address) => ({
      body:
        address.pathname === '/api/situation'
          ? situationOf(address)
          : { asOf: seq, items: [], matching: 0 },
    }));
    await tab.show(
      <>
        <Shell />
        <Screen />
      </>,
    );
  });

  afterEach(async () => {
    await tab.close();
    jest.useRealTimers();
  });

  /** @returns what came, held by nobody here */
  async function frames(count: number): Promise<readonly WeakRef<Change>[]> {
    const told: WeakRef<Change>[] = [];
    for (let frame = 0; frame < count; frame += 1) {
      const changes = Array.from({ length: FRAME }, (_, at) => {
        const row = testRow(1 + (at % OBSERVATIONS), { version: 1 + seq });
        return testChange((seq += 1), row);
      });
      told.push(...changes.map((change) => new WeakRef(change)));
      await tab.arrive(changes);
      await tab.wait(600);
    }
    return told;
  }

  it('holds no report that it neither shows nor keeps for a late answer', async () => {
    const early = await frames(5);
    expect(await stillHeld(early)).toBe(early.length);
    await frames(FRAMES_KEPT + 2);
    expect(await stillHeld(early)).toBe(0);
  });

  it('has as many questions however many reports it counts', async () => {
    await frames(2);
    const before = questions();
    await frames(10);
    expect(tab.text).toContain('no. 50');
    expect(questions()).toBe(before);
  });
});

/** As the server answers it before the first report. */
function situationOf(address: URL): SituationAnswer {
  const at = address.searchParams.get('at') ?? '2026-11-22T12:01:00.000Z';
  const { from: _from, to: _to, ...filter } = filterOf(address.searchParams);
  const fold = emptySituation({ at, window: '30d', zone: 'UTC', filter }, []);
  return { situation: { ...toSituation(fold), seq: 10 }, lastFireItem: null, silentUnits: [] };
}
