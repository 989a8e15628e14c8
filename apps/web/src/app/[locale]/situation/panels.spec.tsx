import type { ObservationPage } from '@ceasewatch/api/contract/observation';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { useEffect } from 'react';
import { testChange, testRow } from '../../../testing/test-rows.ts';
import { type Answered, TestTab } from '../../../testing/test-tab.tsx';
import { FeedPanel } from './feed-panel.tsx';
import { type MapRows, useMapRows } from './use-map-rows.ts';

const SINCE = '2026-10-23T12:00:00.000Z';
const page = (numbers: readonly number[], asOf: number): { body: ObservationPage } => ({
  body: { asOf, items: numbers.map((n) => testRow(n)), matching: numbers.length },
});
const many = Array.from({ length: 2_500 }, (_, index) => testChange(11 + index, testRow(100)));

describe('a panel', () => {
  let tab: TestTab;
  let map: MapRows | undefined;
  let answer: () => Answered;
  const Drawn = () => {
    const read = useMapRows(SINCE);
    useEffect(() => {
      map = read;
    });
    return null;
  };

  beforeEach(() => {
    jest.useFakeTimers({ now: Date.UTC(2026, 10, 22, 12) });
    answer = () => ({ status: 503, body: { code: 'overloaded', detail: '' } });
    tab = new TestTab(() => answer());
  });

  afterEach(async () => {
    await tab.close();
    jest.useRealTimers();
  });

  it('that could not be asked says so, and not that there are no reports', async () => {
    await tab.show(<FeedPanel since={SINCE} />);
    await tab.wait(10_000);
    expect(tab.text).toContain('This part could not be loaded');
    expect(tab.text).not.toContain('No reports pass the filters');
    answer = () => page([1, 2], 10);
    await tab.press('Try now');
    expect(tab.text).not.toContain('could not be loaded');
    expect(tab.text).toContain('no. 2');
  });

  it("whose moment the node refuses tells it in the node's words", async () => {
    const detail = 'Event 99999999 is not in this log, whose last is 2924.';
    answer = () => ({ status: 422, body: { code: 'invalid', detail } });
    await tab.show(<FeedPanel since={SINCE} />, 'asof=99999999');
    await tab.wait(10_000);
    expect(tab.text).toContain(detail);
    expect(tab.text).not.toContain('Try now');
  });

  it('of the map tells its failure as well', async () => {
    await tab.show(<Drawn />);
    await tab.wait(10_000);
    expect(map?.error).not.toBeNull();
    answer = () => page([1], 10);
    map?.retry();
    await tab.wait(1_000);
    expect(map).toMatchObject({ error: null, rows: [{ number: 1 }] });
  });

  it('that comes back after more changes than are kept is asked anew', async () => {
    answer = () => page([1], 10);
    await tab.show(
      <>
        <FeedPanel since={SINCE} />
        <Drawn />
      </>,
    );
    expect(tab.text).toContain('no. 1');
    await tab.show(null);
    await tab.arrive(many);
    answer = () => page([100], 2_510);
    await tab.show(
      <>
        <FeedPanel since={SINCE} />
        <Drawn />
      </>,
    );
    await tab.wait(10_000);
    expect(tab.text).toContain('no. 100');
    expect(map?.rows.map(({ number }) => number)).toEqual([100]);
  });

  it('shows a report that arrives', async () => {
    answer = () => page([1], 10);
    await tab.show(<FeedPanel since={SINCE} />);
    await tab.arrive([testChange(11, testRow(7))]);
    await tab.wait(1_000);
    expect(tab.text).toContain('no. 7');
  });
});
