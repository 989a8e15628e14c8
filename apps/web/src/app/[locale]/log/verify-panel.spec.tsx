import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { VerificationAnswer } from '@ceasewatch/api/contract/verification';
import { act } from 'react';
import { TestTab } from '../../../testing/test-tab.tsx';
import { VerifyPanel } from './verify-panel.tsx';

const SOUND: VerificationAnswer = {
  id: '019aa9c0-0000-7000-8000-000000000009',
  state: 'sound',
  startedAt: '2026-11-22T12:00:00.000Z',
  endedAt: '2026-11-22T12:00:01.000Z',
  officer: null,
  log: '019aa9c0-0000-7000-8000-000000000001',
  from: 0,
  reached: 4_086,
  last: 4_086,
  phase: 'read_model',
  head: '4086:NiaCrPpVBDEVKM00odvhhE9BAG/6nF/3DL79nVzeXoI=',
  expected: null,
  flaws: { count: 0, first: [] },
  steppedBack: { events: 0, mostMs: 0 },
  disclosures: { shown: 1, withheld: 0, erased: 0 },
  readModel: null,
  failure: null,
};

describe('verifying from the log screen', () => {
  let tab: TestTab;
  let items: readonly VerificationAnswer[];

  beforeEach(() => {
    jest.useFakeTimers();
    items = [];
    tab = new TestTab(() => ({ body: { items } }));
  });
  afterEach(async () => {
    await tab.close();
    jest.useRealTimers();
  });

  it('tells of clocks that went back, which is no flaw and no proof', async () => {
    items = [{ ...SOUND, steppedBack: { events: 3, mostMs: 1_200 } }];
    await tab.show(<VerifyPanel />);
    expect(tab.text).toContain('Sound');
    expect(tab.text).toContain('3 events were recorded up to 1,200 ms before');
  });

  it('is begun by hand, and tells how far it is until it tells what came out', async () => {
    await tab.show(<VerifyPanel />);
    expect(tab.text).not.toContain('Sound');
    const running = {
      ...SOUND,
      state: 'running',
      reached: 1_000,
      phase: 'log',
      head: null,
    } as const;
    items = [running];
    await act(async () => tab.find('button')?.click());
    await tab.wait(1_000);
    expect(tab.text).toContain('Verifying: event 1,000 of 4,086');
    expect(tab.find('button')?.hasAttribute('disabled')).toBe(true);
    items = [SOUND];
    await tab.wait(1_000);
    expect(tab.text).toContain('Sound: events 0 to 4,086');
    expect(tab.text).toContain(SOUND.head);
    const asked = tab.asked.length;
    await tab.wait(5_000);
    expect(tab.asked).toHaveLength(asked);
  });

  it('names the first flaw and the first row that differs', async () => {
    const first = [{ seq: 5, kind: 'leaf_altered', message: 'the leaf does not have its hash' }];
    const row = { table: 'observation_version', row: 'from_seq 12', how: 'altered' } as const;
    items = [
      {
        ...SOUND,
        state: 'flawed',
        flaws: { count: 3, first },
        readModel: { position: 4_086, rows: 9, differences: 1, first: [row] },
      },
    ];
    await tab.show(<VerifyPanel />);
    await tab.wait(100);
    expect(tab.text).toContain('3 flaws, the first at event 5: leaf_altered');
    expect(tab.text).toContain('observation_version from_seq 12: altered');
  });

  it('names what differs in how the files are made', async () => {
    const message = 'the trigger quiet is none of a log';
    const index = { table: 'the file', row: 'index mine', how: 'surplus' } as const;
    items = [
      {
        ...SOUND,
        state: 'flawed',
        flaws: { count: 1, first: [{ seq: -1, kind: 'file_altered', message }] },
        readModel: { position: 4_086, rows: 9, differences: 2, first: [index] },
      },
    ];
    await tab.show(<VerifyPanel />);
    await tab.wait(100);
    expect(tab.text).toContain(
      `One flaw, in how the file of the log is made: file_altered ${message}`,
    );
    expect(tab.text).toContain(
      'in 2 places, and all are made anew; the first: the file index mine: surplus',
    );
  });
});
