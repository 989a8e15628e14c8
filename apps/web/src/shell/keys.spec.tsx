import { afterEach, describe, expect, it } from '@jest/globals';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { changeSettings } from '../settings/settings.ts';
import { useKey, useKeyboard } from './keys.ts';

function Page({ pressed }: { readonly pressed: string[] }) {
  useKeyboard();
  useKey('n', () => pressed.push('n'));
  useKey('g s', () => pressed.push('g s'));
  useKey('[', () => pressed.push('['));
  useKey('#', () => pressed.push('#'));
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
  const press = (key: string, on: string = 'body', more: KeyboardEventInit = {}) =>
    document
      .querySelector(on)
      ?.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }),
      );

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

  it('are where they are on a Russian keyboard too', () => {
    open();
    press('т', 'body', { code: 'KeyN' });
    press('п', 'body', { code: 'KeyG' });
    press('ы', 'body', { code: 'KeyS' });
    press('х', 'body', { code: 'BracketLeft' });
    press('№', 'body', { code: 'Digit3', shiftKey: true });
    expect(pressed).toEqual(['n', 'g s', '[', '#']);
  });

  it('go by the letter, not by its place, where the keyboard is a Latin one', () => {
    open();
    press('n', 'body', { code: 'KeyL' });
    press('l', 'body', { code: 'KeyN' });
    expect(pressed).toEqual(['n']);
  });

  it('may need AltGr, as on a Turkish keyboard, but no other chord', () => {
    open();
    const chord = { code: 'Digit8', ctrlKey: true, altKey: true };
    press('[', 'body', { ...chord, modifierAltGraph: true });
    expect(pressed).toEqual(['[']);
    press('[', 'body', chord);
    press('n', 'body', { ctrlKey: true });
    expect(pressed).toEqual(['[']);
  });

  it('belong to the newest that is still there, whoever went first', () => {
    const Holder = ({ name }: { readonly name: string }) => {
      useKey('x', () => pressed.push(name));
      return null;
    };
    open();
    const show = (...names: string[]) =>
      act(() =>
        root?.render(
          <>
            <Page pressed={pressed} />
            {names.map((name) => (
              <Holder key={name} name={name} />
            ))}
          </>,
        ),
      );
    show('first');
    show('first', 'second');
    press('x');
    show('second');
    press('x');
    show();
    press('x');
    expect(pressed).toEqual(['second', 'second']);
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
