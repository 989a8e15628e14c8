'use client';

import { useEffect, useState } from 'react';

const IDLE_MS = 60 * 60_000;
const LOOK_MS = 15_000;
const KEY = 'ceasewatch.touched';

/** Whether nobody touched this device for an hour, also across a reload; `touched` begins a new hour. */
export function useIdle(): { readonly idle: boolean; readonly touched: () => void } {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    const look = () => setIdle((was) => was || isOld(Date.now()));
    const touch = () => {
      // The first touch after an idle hour is the very one that must be asked.
      look();
      if (!isOld(Date.now())) remember(Date.now());
    };
    look();
    if (last() === null) remember(Date.now());
    const timer = setInterval(look, LOOK_MS);
    for (const event of ['keydown', 'pointerdown'] as const)
      window.addEventListener(event, touch, true);
    return () => {
      clearInterval(timer);
      for (const event of ['keydown', 'pointerdown'] as const)
        window.removeEventListener(event, touch, true);
    };
  }, []);
  return {
    idle,
    touched: () => {
      remember(Date.now());
      setIdle(false);
    },
  };
}

let kept: number | null = null;

function isOld(now: number): boolean {
  const at = last();
  return at !== null && now - at > IDLE_MS;
}

function last(): number | null {
  try {
    const text = localStorage.getItem(KEY);
    return text === null ? kept : Number(text);
  } catch (error) {
    // Storage switched off: this page remembers by itself.
    if (error instanceof DOMException) return kept;
    throw error;
  }
}

function remember(now: number): void {
  kept = now;
  try {
    localStorage.setItem(KEY, now.toString());
  } catch (error) {
    if (error instanceof DOMException) return;
    throw error;
  }
}
