import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { act, useEffect } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { useListBlocks } from './use-list-blocks.ts';

const ROWS = 100_000;
/** Rows in sight of a list. */
const SIGHT = 30;

describe('what a list of the log asks for', () => {
  let root: Root;
  let asked: readonly number[];
  let ever: Set<number>;
  const List = ({ first, playing }: { readonly first: number; readonly playing: boolean }) => {
    const blocks = useListBlocks(first, first + SIGHT, ROWS, playing);
    useEffect(() => {
      asked = blocks;
      for (const block of blocks) ever.add(block);
    });
    return null;
  };
  const show = (first: number, playing: boolean) =>
    act(() => root.render(<List first={first} playing={playing} />));
  const wait = (ms: number) => act(() => jest.advanceTimersByTime(ms));
  /** A play of so many states with so many rows from each to the next. */
  const play = (states: number, rows: number) => {
    for (let state = 0; state < states; state += 1) {
      show(400 + state * rows, true);
      wait(50);
    }
  };

  beforeEach(() => {
    jest.useFakeTimers();
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
    ever = new Set();
    root = createRoot(document.body.appendChild(document.createElement('div')));
  });
  afterEach(() => {
    act(() => root.unmount());
    jest.useRealTimers();
  });

  it('is what it has in sight, at once', () => {
    show(400, false);
    expect(asked).toEqual([10]);
    show(4_000, false);
    expect(asked).toEqual([100]);
  });

  it('is what a play comes to, before it comes there', () => {
    play(200, 2);
    const first = 400 + 199 * 2;
    expect(asked).toEqual(expect.arrayContaining([Math.floor((first + SIGHT) / 40)]));
    expect(Math.max(...asked)).toBeGreaterThan((first + SIGHT) / 40 + 1);
    expect(ever.size).toBeLessThan(20);
  });

  it('is nothing of what rushes by, and all that is in sight where the play ends or stands', () => {
    show(400, false);
    play(100, 500);
    const last = Math.floor((400 + 99 * 500) / 40);
    expect(asked.filter((block) => block >= last)).toEqual([]);
    expect(ever.size).toBeLessThan(8);
    wait(1_000);
    expect(asked).toEqual(expect.arrayContaining([last]));
    show(400 + 99 * 500, false);
    expect(asked[0]).toBe(last);
  });
});
