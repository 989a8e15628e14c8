import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { Profiler } from 'react';
import { testChange, testRow } from '../testing/test-rows.ts';
import { TestTab } from '../testing/test-tab.tsx';
import { mineOf, useChanges, useGeneration, useLiveValue } from './use-live.ts';

let tab: TestTab;
const drawn: Record<string, number> = {};
const count = (id: string) => {
  drawn[id] = (drawn[id] ?? 0) + 1;
};

function Generation() {
  return <p>{useGeneration()}</p>;
}

function Position() {
  return <p>{useLiveValue(mineOf)}</p>;
}

beforeEach(() => {
  jest.useFakeTimers();
  tab = new TestTab(() => ({ body: {} }));
});

afterEach(async () => {
  await tab.close();
  jest.useRealTimers();
});

it('who reads one value of the feed is drawn when that value differs, not at every frame', async () => {
  await tab.show(
    <>
      <Profiler id="generation" onRender={count}>
        <Generation />
      </Profiler>
      <Profiler id="position" onRender={count}>
        <Position />
      </Profiler>
    </>,
  );
  for (let seq = 11; seq <= 20; seq += 1) await tab.arrive([testChange(seq, testRow(seq))]);
  expect(tab.text).toContain('20');
  expect(drawn).toEqual({ generation: 1, position: 11 });
});

function Faulty() {
  useChanges(() => {
    throw new Error('a fault of this screen');
  });
  return null;
}

it('who fails at a change is known to the feed', async () => {
  await tab.show(
    <>
      <Faulty />
      <Generation />
    </>,
  );
  const arriving = tab.arrive([testChange(11, testRow(11))]);
  await expect(arriving).rejects.toThrow('a fault of this screen');
});
