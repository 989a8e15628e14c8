import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { act, useEffect } from 'react';
import { ObservationsScreen } from '../app/[locale]/observations/observations-screen.tsx';
import { useObservation } from '../app/[locale]/observation/use-observation.ts';
import { testChange, testRow } from '../testing/test-rows.ts';
import { TestTab } from '../testing/test-tab.tsx';
import { type CentreView, useCentreKeeper, useCentreQuestion } from './use-centre.ts';

const LOG = '019aa9c0-0000-7000-8000-000000000001';
const ID = testRow(42).id;

/** Like the shell: it is there whatever screen is. */
function Keeper({ screen }: { readonly screen: 'observation' | 'list' | 'none' }) {
  useCentreKeeper();
  if (screen === 'observation') return <Opened />;
  return screen === 'list' ? <ObservationsScreen /> : null;
}

function Opened() {
  const { detail } = useObservation('42');
  return <p>{`version ${detail?.versions.length}`}</p>;
}

describe('what was asked', () => {
  let tab: TestTab;
  let head: number;

  beforeEach(() => {
    jest.useFakeTimers({ now: Date.UTC(2026, 10, 22, 12) });
    head = 10;
    tab = new TestTab(({ pathname }) => {
      const row = testRow(42, { version: head - 9 });
      if (pathname === '/api/centre')
        return {
          body: { log: LOG, asOf: head, contingents: [], units: [], areas: [], officers: [] },
        };
      if (pathname === '/api/observations/42') {
        const versions = Array.from({ length: row.version }, () => ({ row }));
        return { body: { asOf: head, id: ID, number: 42, versions } };
      }
      return { body: { asOf: head, items: [row], matching: 1 } };
    });
  });

  afterEach(async () => {
    await tab.close();
    jest.useRealTimers();
  });

  async function correctedTo(version: number): Promise<void> {
    head += 1;
    const before = testRow(42, { version: version - 1 });
    await tab.arrive([testChange(head, testRow(42, { version }), before)]);
    await tab.settle();
  }

  it('of one observation is asked again when that changes, on the screen or away from it', async () => {
    await tab.show(<Keeper screen="observation" />);
    expect(tab.text).toContain('version 1');
    await correctedTo(2);
    expect(tab.text).toContain('version 2');
    await tab.show(<Keeper screen="none" />);
    await correctedTo(3);
    await tab.show(<Keeper screen="observation" />);
    expect(tab.text).toContain('version 3');
  });

  it('of one observation is not asked again for another one', async () => {
    await tab.show(<Keeper screen="observation" />);
    const { length } = tab.asked;
    await tab.arrive([testChange(11, testRow(7))]);
    await tab.settle();
    expect(tab.asked.length).toBe(length);
  });

  it('in vain, because the node was away, is asked again when it is back', async () => {
    await tab.show(<Keeper screen="none" />);
    await tab.kill();
    await tab.show(<Keeper screen="observation" />, 'asof=10');
    await tab.wait(30_000);
    const { length } = tab.asked;
    tab.restart();
    await act(async () => tab.feed.retryNow());
    await tab.settle();
    expect(tab.asked.slice(length)).toContain('/api/observations/42?asOf=10');
    expect(tab.text).toContain('version 1');
  });

  it('as of an event stays as it was', async () => {
    await tab.show(<Keeper screen="observation" />, 'asof=10');
    const { length } = tab.asked;
    await correctedTo(2);
    expect(tab.asked.length).toBe(length);
  });

  it('of the list stands still while it is read, counts what changed in it, and is asked on return', async () => {
    await tab.show(<Keeper screen="list" />);
    await correctedTo(2);
    expect(tab.text).toContain('1 newer');
    expect(tab.find('tbody')?.textContent).not.toContain('corrected');
    await tab.show(<Keeper screen="none" />);
    await tab.show(<Keeper screen="list" />);
    expect(tab.find('tbody')?.textContent).toContain('corrected');
    expect(tab.text).not.toContain('newer');
  });
});

describe('the centre', () => {
  let tab: TestTab;
  let view: CentreView | undefined;
  const Shell = () => {
    const read = useCentreQuestion();
    useEffect(() => {
      view = read;
    });
    return null;
  };

  beforeEach(() => {
    jest.useFakeTimers({ now: Date.UTC(2026, 10, 22, 12) });
    tab = new TestTab(({ searchParams }) =>
      searchParams.has('asOf')
        ? new Promise(() => undefined)
        : {
            body: {
              log: LOG,
              zone: 'Asia/Baku',
              contingents: [],
              units: [],
              areas: [],
              officers: [],
            },
          },
    );
  });

  afterEach(async () => {
    await tab.close();
    jest.useRealTimers();
  });

  it('of the present gives an unanswered past its zone, and is never said to be that past', async () => {
    await tab.show(<Shell />);
    expect(view).toMatchObject({ settled: true, zone: 'Asia/Baku' });
    await tab.show(<Shell />, 'asof=4');
    expect(view).toMatchObject({ settled: false, zone: 'Asia/Baku' });
  });
});
