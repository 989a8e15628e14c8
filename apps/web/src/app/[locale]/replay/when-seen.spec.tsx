import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { PAINTED_MS } from './use-paced.ts';
import { WhenSeen } from './when-seen.tsx';

/** Tells whoever observes what a browser would tell of the page. */
let tell: (isIntersecting: boolean) => void;
let observed: Element | null;
class Observer {
  constructor(told: (entries: readonly { readonly isIntersecting: boolean }[]) => void) {
    tell = (isIntersecting) => act(() => told([{ isIntersecting }]));
  }
  observe(element: Element) {
    observed = element;
  }
  disconnect() {
    observed = null;
  }
}

describe('a panel of a state that moves', () => {
  let root: Root;
  let drawn: number[];
  const panel = (value: number) => {
    drawn.push(value);
    return null;
  };
  const show = (value: number) =>
    act(() =>
      root.render(
        <WhenSeen className="panel" value={value}>
          {panel}
        </WhenSeen>,
      ),
    );
  const wait = (ms: number) => act(() => jest.advanceTimersByTime(ms));

  beforeEach(() => {
    jest.useFakeTimers();
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true, IntersectionObserver: Observer });
    drawn = [];
    root = createRoot(document.body.appendChild(document.createElement('div')));
    show(0);
  });
  afterEach(() => {
    act(() => root.unmount());
    jest.useRealTimers();
  });

  it('is drawn with every state while it is in sight', () => {
    tell(true);
    show(1);
    expect(drawn.at(-1)).toBe(1);
    show(2);
    expect(drawn.at(-1)).toBe(2);
  });

  it('follows twice a second out of sight, and always to the last state', () => {
    tell(false);
    for (let value = 1; value <= 40; value += 1) {
      show(value);
      wait(50);
    }
    const values = new Set(drawn);
    expect(values.size).toBeGreaterThan(3);
    expect(values.size).toBeLessThan(7);
    wait(500);
    expect(drawn.at(-1)).toBe(40);
  });

  it('looks at its own place, and no longer once it is gone', () => {
    expect(observed?.className).toBe('panel');
    act(() => root.render(null));
    expect(observed).toBeNull();
  });

  it('shows the present state at once when it comes into sight', () => {
    tell(false);
    show(1);
    wait(PAINTED_MS);
    show(2);
    expect(drawn.at(-1)).toBe(1);
    tell(true);
    expect(drawn.at(-1)).toBe(2);
  });
});
