'use client';

import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

const SCHEME = 'data-mantine-color-scheme';
let screen: string | null = null;

/**
 * Whether paper is being written. Paper is light whatever the screen is, and a canvas follows no
 * stylesheet, so the page itself turns light until the sheet is done. The browser waits for nobody:
 * everything has to be drawn before the event returns.
 */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const media = window.matchMedia('print');
    const begin = () => {
      lighten();
      flushSync(() => setPrinting(true));
    };
    const end = () => {
      restore();
      flushSync(() => setPrinting(false));
    };
    const changed = () => (media.matches ? begin() : end());
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    media.addEventListener('change', changed);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
      media.removeEventListener('change', changed);
    };
  }, []);
  return printing;
}

function lighten(): void {
  screen ??= document.documentElement.getAttribute(SCHEME);
  document.documentElement.setAttribute(SCHEME, 'light');
}

function restore(): void {
  if (screen !== null) document.documentElement.setAttribute(SCHEME, screen);
  screen = null;
}
