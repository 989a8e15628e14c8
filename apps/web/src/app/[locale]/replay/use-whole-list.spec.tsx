import type { ObservationDifference } from '@ceasewatch/api/contract/difference';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { act } from 'react';
import { type Answered, TestTab } from '../../../testing/test-tab.tsx';
import { useWholeList } from './use-whole-list.ts';

/** The list is asked for page by page and printed whole, or not at all. */
const item = (number: number): ObservationDifference =>
  // Only told apart here, never read.
  JSON.parse(JSON.stringify({ number }));
const SHOWN = [item(1), item(2)];
const PAGES: Readonly<Record<string, Answered>> = {
  c2: { body: { items: [item(3)], next: 'c3' } },
  c3: { body: { items: [item(4)] } },
};

let tab: TestTab;
let pages: Readonly<Record<string, Answered | Promise<Answered>>>;
let onPaper: (readonly number[])[];

function List({ next }: { readonly next: string | undefined }) {
  const list = useWholeList(new URLSearchParams('from=1&to=9'), SHOWN, next);
  return (
    <>
      <button type="button" onClick={list.print}>
        {'Print'}
      </button>
      <button type="button" onClick={list.stop}>
        {'Stop'}
      </button>
      <output>{(list.items ?? SHOWN).map(({ number }) => number).join()}</output>
      <p>{list.error === null ? '' : 'failed'}</p>
    </>
  );
}

describe('a list for paper', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    pages = PAGES;
    onPaper = [];
    window.print = jest.fn(() => {
      onPaper.push((tab.find('output')?.textContent ?? '').split(',').map(Number));
    });
    tab = new TestTab(
      ({ searchParams }) =>
        pages[searchParams.get('cursor') ?? ''] ?? {
          status: 503,
          body: { code: 'store_unavailable', detail: 'away' },
        },
    );
  });
  afterEach(async () => {
    await tab.close();
    jest.useRealTimers();
  });

  it('is drawn whole before it is printed, and shown as before when the sheet is done', async () => {
    await tab.show(<List next="c2" />);
    await tab.press('Print');
    await tab.wait(100);
    expect(onPaper).toEqual([[1, 2, 3, 4]]);
    expect(tab.asked.map((path) => path.split('?')[1])).toEqual([
      'from=1&to=9&limit=200&cursor=c2',
      'from=1&to=9&limit=200&cursor=c3',
    ]);
    await act(async () => window.dispatchEvent(new Event('afterprint')));
    expect(tab.find('output')?.textContent).toBe('1,2');
  });

  it('is printed at once where nothing is left to fetch', async () => {
    await tab.show(<List next={undefined} />);
    await tab.press('Print');
    await tab.wait(100);
    expect([onPaper, tab.asked]).toEqual([[[1, 2]], []]);
  });

  it('is not printed where a part of it cannot be had', async () => {
    pages = { c2: PAGES['c2'] ?? { body: {} } };
    await tab.show(<List next="c2" />);
    await tab.press('Print');
    await tab.wait(100);
    expect([onPaper, tab.text]).toEqual([[], expect.stringContaining('failed')]);
  });

  it('is not printed after somebody thought better of it', async () => {
    let answer: (answered: Answered) => void = () => undefined;
    pages = { c2: new Promise((resolve) => (answer = resolve)) };
    await tab.show(<List next="c2" />);
    await tab.press('Print');
    await tab.press('Stop');
    await act(async () => answer({ body: { items: [item(3)] } }));
    await tab.wait(100);
    expect([onPaper, tab.text]).toEqual([[], expect.not.stringContaining('failed')]);
  });

  it('is fetched first also with the key of the browser, which is its own where all is there', async () => {
    const pressed = async () => {
      const event = new KeyboardEvent('keydown', { key: 'p', ctrlKey: true, cancelable: true });
      await act(async () => window.dispatchEvent(event));
      await tab.wait(100);
      return event.defaultPrevented;
    };
    await tab.show(<List next="c2" />);
    expect([await pressed(), onPaper]).toEqual([true, [[1, 2, 3, 4]]]);
    await tab.show(<List next={undefined} />);
    expect([await pressed(), onPaper.length]).toEqual([false, 1]);
  });
});
