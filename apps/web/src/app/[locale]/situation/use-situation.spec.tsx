import type { SituationAnswer } from '@ceasewatch/api/contract/situation';
import {
  applyChange,
  emptySituation,
  toSituation,
} from '@ceasewatch/domain/situation/situation-fold';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { useEffect } from 'react';
import { filterOf } from '../../../filter/filter-query.ts';
import { testChange, testRow } from '../../../testing/test-rows.ts';
import { TestTab } from '../../../testing/test-tab.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { type SituationView, useSituation } from './use-situation.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 0, 30);
const MINUTE = 60_000;

/** As the server answers it: `reports` reports, all of them within every window. */
function answered(address: URL, reports: number, seq: number): SituationAnswer {
  const at = address.searchParams.get('at') ?? '2026-11-22T12:01:00.000Z';
  const { from: _from, to: _to, ...filter } = filterOf(address.searchParams);
  const fold = emptySituation({ at, window: '30d', zone: 'UTC', filter }, []);
  for (let n = 1; n <= reports; n += 1) applyChange(fold, testChange(n, testRow(n)));
  return { situation: { ...toSituation(fold), seq }, lastFireItem: null, silentUnits: [] };
}

function Noticed() {
  return <ErrorNotice view={useSituation()} />;
}

describe('the figures', () => {
  let tab: TestTab;
  let view: SituationView;
  let away: boolean;
  let never: boolean;
  const Reader = () => {
    const read = useSituation();
    useEffect(() => {
      view = read;
    });
    return null;
  };
  const total = () => view.situation?.total;

  beforeEach(() => {
    jest.useFakeTimers({ now: NOW });
    away = false;
    never = false;
    tab = new TestTab((address) => {
      if (never) return new Promise(() => undefined);
      if (away) return { status: 503, body: { code: 'overloaded', detail: '' } };
      const asOf = address.searchParams.get('asOf');
      return { body: answered(address, asOf === null ? 3 : 1, asOf === null ? 10 : Number(asOf)) };
    });
  });

  afterEach(async () => {
    await tab.close();
    jest.useRealTimers();
  });

  it('stay when the minute turns and the node is away, with the time they were answered at', async () => {
    await tab.show(<Reader />);
    const { since, answeredAt } = view;
    expect(total()).toBe(3);
    away = true;
    await tab.wait(MINUTE + 10_000);
    expect(view.error).not.toBeNull();
    expect(total()).toBe(3);
    expect(view).toMatchObject({ since, answeredAt, loading: false });
    away = false;
    await tab.wait(MINUTE);
    expect(view.error).toBeNull();
    expect(view.answeredAt).toBeGreaterThan(answeredAt);
  });

  it('are carried on by changes while the next minute has no answer', async () => {
    await tab.show(<Reader />);
    away = true;
    await tab.wait(MINUTE + 10_000);
    await tab.arrive([testChange(11, testRow(11))]);
    await tab.wait(1_000);
    expect(total()).toBe(4);
  });

  it('of the present never stand for a past that is still being asked', async () => {
    await tab.show(<Reader />);
    never = true;
    await tab.show(<Reader />, 'asof=4');
    expect(view).toMatchObject({ situation: null, since: null, loading: true });
  });

  it('of a moment that nobody answers are said at once not to be had, and for which moment', async () => {
    await tab.show(<Reader />, 'asof=4');
    await tab.kill();
    await tab.show(<Noticed />, 'asof=5');
    expect(tab.text).toContain('as of event 5 could not be loaded');
    tab.restart();
    await tab.wait(10_000);
    expect(tab.text).not.toContain('could not be loaded');
  });

  it('of one filter never stand for another', async () => {
    await tab.show(<Reader />);
    away = true;
    await tab.show(<Reader />, 'kind=casualty');
    expect(view.situation).toBeNull();
    await tab.wait(10_000);
    expect(view).toMatchObject({ situation: null, loading: false, answeredAt: 0 });
    expect(view.error).not.toBeNull();
  });
});
