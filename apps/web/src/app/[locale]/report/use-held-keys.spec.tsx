import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { act, useRef, useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { holdKeys, takeHeldKeys } from '../../../shell/held-keys.ts';
import { useHeldKeys } from './use-held-keys.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
const place = document.body.appendChild(document.createElement('div'));
let root: Root;
beforeEach(() => {
  root = createRoot(place);
});
afterEach(() => {
  act(() => root.unmount());
  takeHeldKeys();
});

/** Where the focus is. */
function press(keys: string): void {
  for (const key of keys) {
    const at = document.activeElement ?? document.body;
    at.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  }
}

/** @param late what is pressed when the line was told its text and does not show it yet */
function Form({ kept = '', late = '' }: { readonly kept?: string; readonly late?: string }) {
  const [line, setLine] = useState(kept);
  const input = useRef<HTMLInputElement>(null);
  const rest = useRef(late);
  useHeldKeys(input, kept, line, (next) => {
    setLine(next);
    press(rest.current.slice(0, 1));
    rest.current = rest.current.slice(1);
  });
  return <input ref={input} value={line} onChange={(event) => setLine(event.target.value)} />;
}

const shown = () => {
  const input = place.querySelector('input');
  return { text: input?.value, hasKeys: document.activeElement === input };
};

it('a letter pressed before the line shows what was typed stands behind it, and none is lost', () => {
  holdKeys();
  press('bur 12 b084 d3k hea');
  act(() => root.render(<Form late="rd" />));
  expect(shown()).toEqual({ text: 'bur 12 b084 d3k heard', hasKeys: true });
  expect(takeHeldKeys()).toBe('');
});

it('a word that is over stays over', () => {
  holdKeys();
  press(' bur 12 ');
  act(() => root.render(<Form />));
  expect(shown()).toEqual({ text: 'bur 12 ', hasKeys: true });
});

it('goes behind what was kept, and leaves that as it is when nothing was typed', () => {
  holdKeys();
  press('c3');
  act(() => root.render(<Form kept="bur 12" />));
  expect(shown()).toEqual({ text: 'bur 12 c3', hasKeys: true });
  act(() => root.render(<Form key="next" kept="exp" />));
  expect(shown()).toEqual({ text: 'exp', hasKeys: true });
});

it('keys that come when the focus was taken away again are the line’s, and it has the focus back', () => {
  jest.useFakeTimers();
  holdKeys();
  press('b');
  act(() => root.render(<Form />));
  place.querySelector('input')?.blur();
  press('ur 12');
  act(() => jest.advanceTimersByTime(60));
  expect(shown()).toEqual({ text: 'bur 12', hasKeys: true });
  act(() => jest.advanceTimersByTime(3_000));
  expect(takeHeldKeys()).toBe('');
  jest.useRealTimers();
});
