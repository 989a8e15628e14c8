'use client';

import { useEffect, useRef } from 'react';
import { settings } from '../settings/settings.ts';

/**
 * Single-letter keys. They rest while somebody types, while a dialog is open, and when they are
 * switched off (WCAG 2.1.4); Esc always works. A sequence is written `g s`.
 */
const SEQUENCE_MS = 1_500;
const handlers = new Map<string, () => void>();
let prefix: { readonly key: string; readonly at: number } | undefined;

/** Calls `action` for a key or a sequence while the component lives; the newest holder of a key wins. */
export function useKey(keys: string, action: () => void): void {
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  useEffect(() => {
    const handler = () => latest.current();
    const before = handlers.get(keys);
    handlers.set(keys, handler);
    return () => {
      if (handlers.get(keys) !== handler) return;
      if (before === undefined) handlers.delete(keys);
      else handlers.set(keys, before);
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
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape' ? isClosing(event) : !settings().keys || isBusy(event)) return;
  const sequence =
    prefix !== undefined && event.timeStamp - prefix.at < SEQUENCE_MS
      ? `${prefix.key} ${event.key}`
      : '';
  prefix = undefined;
  const handler = handlers.get(sequence) ?? handlers.get(event.key);
  if (handler !== undefined) {
    event.preventDefault();
    handler();
  } else if (event.key === 'g') {
    prefix = { key: event.key, at: event.timeStamp };
  }
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
