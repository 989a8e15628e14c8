import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { act, useEffect } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { usePace } from './use-pace.ts';

describe('what is dear to draw', () => {
  let root: Root;
  let changes: number;
  let drawn: number[];
  let due: () => void;
  const changed = () => {
    changes += 1;
    due();
  };
  const Dear = () => {
    const own = usePace(1_000, () => drawn.push(changes));
    useEffect(() => {
      due = own;
    });
    return null;
  };

  beforeEach(() => {
    jest.useFakeTimers();
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
    [changes, drawn] = [0, []];
    root = createRoot(document.body.appendChild(document.createElement('div')));
    act(() => root.render(<Dear />));
  });
  afterEach(() => {
    act(() => root.unmount());
    jest.useRealTimers();
  });

  it('is drawn at once after a pause', () => {
    changed();
    expect(drawn).toEqual([1]);
    jest.advanceTimersByTime(1_000);
    changed();
    expect(drawn).toEqual([1, 2]);
  });

  it('is drawn at most so often while it keeps changing, and together with the change', () => {
    for (let beat = 0; beat < 9; beat += 1) {
      changed();
      jest.advanceTimersByTime(250);
    }
    expect(drawn).toEqual([1, 5, 9]);
  });

  it('is drawn after the last change, also when none follows', () => {
    changed();
    changed();
    jest.advanceTimersByTime(1_250);
    expect(drawn).toEqual([1, 2]);
  });

  it('is not drawn any more when it is gone', () => {
    changed();
    changed();
    act(() => root.unmount());
    jest.advanceTimersByTime(5_000);
    expect(drawn).toEqual([1]);
  });
});
