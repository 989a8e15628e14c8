import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { holdKeys, takeHeldKeys } from './held-keys.ts';

const press = (key: string, on: EventTarget = document.body, more: KeyboardEventInit = {}) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  on.dispatchEvent(event);
  return event;
};
const type = (text: string) => {
  for (const key of text) press(key);
};

describe('keys that nobody can take yet', () => {
  afterEach(() => {
    takeHeldKeys();
    jest.useRealTimers();
  });

  it('are handed over once, in their order', () => {
    holdKeys();
    type('saf 12 b084');
    expect(takeHeldKeys()).toBe('saf 12 b084');
    expect(takeHeldKeys()).toBe('');
  });

  it('reach nobody else meanwhile, and everybody again afterwards', () => {
    const heard: string[] = [];
    const listen = ({ key }: KeyboardEvent) => heard.push(key);
    window.addEventListener('keydown', listen);
    holdKeys();
    expect(press('t').defaultPrevented).toBe(true);
    takeHeldKeys();
    expect(press('u').defaultPrevented).toBe(false);
    window.removeEventListener('keydown', listen);
    expect(heard).toEqual(['u']);
  });

  it('can be taken back one by one', () => {
    holdKeys();
    type('exq');
    press('Backspace');
    type('p');
    expect(takeHeldKeys()).toBe('exp');
  });

  it('tell where Enter was pressed, and go on from what was typed before', () => {
    holdKeys('Lt');
    type(' M');
    expect(press('Enter').defaultPrevented).toBe(true);
    type('exp');
    expect(takeHeldKeys()).toBe('Lt M\nexp');
  });

  it('leave chords and fields alone', () => {
    const field = document.body.appendChild(document.createElement('input'));
    holdKeys();
    expect(press('r', document.body, { ctrlKey: true }).defaultPrevented).toBe(false);
    expect(press('x', field).defaultPrevented).toBe(false);
    field.remove();
    expect(takeHeldKeys()).toBe('');
  });

  it.each(['Escape', 'patience'])('are let go by %s', (what) => {
    jest.useFakeTimers();
    holdKeys();
    type('saf');
    if (what === 'Escape') press('Escape');
    else jest.advanceTimersByTime(15_000);
    expect(press('b').defaultPrevented).toBe(false);
    expect(takeHeldKeys()).toBe('');
  });
});
