'use client';

import { useEffect, useRef } from 'react';
import { settings } from '../settings/settings.ts';

/**
 * Single-letter keys, the same on every keyboard. They rest while somebody types, while a dialog is
 * open, and when they are switched off (WCAG 2.1.4); Esc always works. A sequence is written `g s`, an
 * arrow with Shift `Shift+ArrowLeft`.
 */
const SEQUENCE_MS = 1_500;
/** Who holds a key, the newest last. */
const holders = new Map<string, readonly (() => void)[]>();
let prefix: { readonly key: string; readonly at: number } | undefined;

/** Calls `action` for a key or a sequence while the component lives; the newest holder of a key wins. */
export function useKey(keys: string, action: () => void): void {
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  useEffect(() => {
    const handler = () => latest.current();
    holders.set(keys, [...(holders.get(keys) ?? []), handler]);
    return () => {
      // Components go in any order; each takes away its own and leaves the others.
      const left = (holders.get(keys) ?? []).filter((each) => each !== handler);
      holders.set(keys, left);
    };
  }, [keys]);
}

/** Listens on the whole page; the shell mounts it once. */
export function useKeyboard(): void {
  useEffect(() => {
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}

function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || isCommand(event)) return;
  if (event.key === 'Escape' ? isClosing(event) : !settings().keys || isBusy(event)) return;
  const key = latinKey(event);
  const sequence =
    prefix !== undefined && event.timeStamp - prefix.at < SEQUENCE_MS ? `${prefix.key} ${key}` : '';
  prefix = undefined;
  const handler = holders.get(sequence)?.at(-1) ?? holders.get(key)?.at(-1);
  if (handler !== undefined) {
    event.preventDefault();
    handler();
  } else if (key === 'g') {
    prefix = { key, at: event.timeStamp };
  }
}

/** A chord is the browser's; AltGr, which Windows tells as Ctrl and Alt, only types `[` or `#`. */
function isCommand(event: KeyboardEvent): boolean {
  if (event.metaKey) return true;
  return (event.ctrlKey || event.altKey) && !event.getModifierState('AltGraph');
}

/** Signs of a US keyboard that stand on other keys elsewhere, plain and with Shift. */
const SIGNS: Readonly<Record<string, readonly [string, string]>> = {
  Slash: ['/', '?'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Digit3: ['3', '#'],
};

/** What was typed; where the layout has no Latin letter there, what a US keyboard has in that place. */
function latinKey({ key, code, shiftKey }: KeyboardEvent): string {
  if (shiftKey && key.startsWith('Arrow')) return `Shift+${key}`;
  if (key.length !== 1 || key <= '~') return key;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shiftKey ? letter : letter.toLowerCase();
  return SIGNS[code]?.[shiftKey ? 1 : 0] ?? key;
}

/** Esc belongs to what is open or typed in first; only then to the screen. */
function isClosing({ target }: KeyboardEvent): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('[role="dialog"], input, textarea, select') !== null
  );
}

/** Somebody types, or a dialog is open, or Space would press what has the focus. */
function isBusy(event: KeyboardEvent): boolean {
  const { target } = event;
  if (document.querySelector('[role="dialog"][aria-modal="true"]') !== null) return true;
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role="textbox"]') !== null
  )
    return true;
  return (
    event.key === ' ' &&
    target.closest('button, a, summary, [role="button"], [role="tab"]') !== null
  );
}
