import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { PAINTED_MS, usePaced } from './use-paced.ts';

describe('a value that is dear to draw', () => {
  let root: Root;
  let drawn: number[];
  const Screen = ({ value }: { readonly value: number }) => {
    drawn.push(usePaced(value, 250));
    return null;
  };
  const show = (value: number) => act(() => root.render(<Screen value={value} />));
  const wait = (ms: number) => act(() => jest.advanceTimersByTime(ms));

  beforeEach(() => {
    jest.useFakeTimers();
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
    drawn = [];
    root = createRoot(document.body.appendChild(document.createElement('div')));
  });
  afterEach(() => {
    act(() => root.unmount());
    jest.useRealTimers();
  });

  it('follows at once after a pause, behind what is drawn with it', () => {
    show(1);
    show(2);
    expect(drawn.at(-1)).toBe(1);
    wait(PAINTED_MS);
    expect(drawn.at(-1)).toBe(2);
  });

  it('follows a value that keeps moving at most so often, and always to the last one', () => {
    show(0);
    for (let value = 1; value <= 40; value += 1) {
      show(value);
      wait(50);
    }
    const values = new Set(drawn);
    expect(values.size).toBeGreaterThan(6);
    expect(values.size).toBeLessThan(11);
    wait(250);
    expect(drawn.at(-1)).toBe(40);
  });
});
