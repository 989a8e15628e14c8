import { afterEach, describe, expect, it } from '@jest/globals';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { changeSettings } from '../settings/settings.ts';
import { useKey, useKeyboard } from './keys.ts';

function Page({ pressed }: { readonly pressed: string[] }) {
  useKeyboard();
  useKey('n', () => pressed.push('n'));
  useKey('g s', () => pressed.push('g s'));
  useKey(' ', () => pressed.push('space'));
  useKey('Escape', () => pressed.push('escape'));
  return (
    <>
      <input aria-label={'field'} />
      <button type="button">{'press'}</button>
    </>
  );
}

describe('single-letter keys', () => {
  const pressed: string[] = [];
  let root: Root | undefined;
  const open = () => {
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
    pressed.length = 0;
    const place = document.body.appendChild(document.createElement('div'));
    root = createRoot(place);
    act(() => root?.render(<Page pressed={pressed} />));
  };
  const press = (key: string, on: string = 'body') =>
    document
      .querySelector(on)
      ?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

  afterEach(() => {
    act(() => root?.unmount());
    changeSettings({ keys: true });
  });

  it('act, alone and in sequence', () => {
    open();
    press('n');
    press('g');
    press('s');
    expect(pressed).toEqual(['n', 'g s']);
  });

  it('rest while somebody types', () => {
    open();
    press('n', 'input');
    press('Escape', 'input');
    expect(pressed).toEqual([]);
  });

  it('leave Space to the button that has the focus', () => {
    open();
    press(' ', 'button');
    press(' ');
    expect(pressed).toEqual(['space']);
  });

  it('can be switched off, all but Esc', () => {
    changeSettings({ keys: false });
    open();
    press('n');
    press('Escape');
    expect(pressed).toEqual(['escape']);
  });
});
