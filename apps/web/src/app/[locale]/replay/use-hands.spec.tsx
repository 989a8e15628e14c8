import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { memo, useEffect } from 'react';
import { TestTab } from '../../../testing/test-tab.tsx';
import { type Hands, useHands } from './use-hands.ts';

describe('the hands of the replay', () => {
  let tab: TestTab;
  let drawn: number;
  let hands: Hands;
  /** Which replay heard of what. */
  let heard: string[];
  const Buttons = memo(function Buttons({ given }: { readonly given: Hands }) {
    useEffect(() => {
      drawn += 1;
      hands = given;
    });
    return null;
  });
  const Screen = ({ state }: { readonly state: number }) => {
    const hear = (what: string) => () => void heard.push(`${what} at ${state}`);
    const replay: Hands = {
      jump: hear('jump'),
      drag: hear('drag'),
      step: hear('step'),
      leap: hear('leap'),
      toEnd: hear('toEnd'),
      toggle: hear('toggle'),
      setSpeed: hear('setSpeed'),
      pin: hear('pin'),
      compare: hear('compare'),
    };
    return <Buttons given={useHands(replay)} />;
  };

  beforeEach(() => {
    jest.useFakeTimers();
    [drawn, heard] = [0, []];
    tab = new TestTab(() => ({ body: {} }));
  });
  afterEach(async () => {
    await tab.close();
    jest.useRealTimers();
  });

  it('are the same from state to state, and act on the one that is shown', async () => {
    await tab.show(<Screen state={1} />);
    hands.step(1);
    await tab.show(<Screen state={2} />);
    hands.step(1);
    hands.toggle();
    hands.pin();
    hands.compare();
    const now = ['step', 'toggle', 'pin', 'compare'].map((each) => `${each} at 2`);
    expect(heard).toEqual(['step at 1', ...now]);
    expect(drawn).toBe(1);
  });
});
