'use client';

import { type RefObject, useEffect, useRef } from 'react';
import { CONTROLS, heldKeys, holdKeys, takeHeldKeys } from '../../../shell/held-keys.ts';

/** A page that is still being put in its place may take the focus away again. */
const SETTLES_MS = 2_000;
const LOOK_MS = 50;

/**
 * What was typed before the form stood goes to the end of its first line. The line has the keys once it
 * shows every letter: one that were pressed in an input that is still empty would be all that it keeps.
 * Where the focus does not stay, keys that no control is meant for are the line's as well.
 *
 * @param kept the line that the form began with
 * @param line what the line is now
 */
export function useHeldKeys(
  input: RefObject<HTMLInputElement | null>,
  kept: string,
  line: string,
  setLine: (line: string) => void,
): void {
  const given = useRef(false);
  const latest = useRef({ line, setLine });
  useEffect(() => {
    latest.current = { line, setLine };
    if (given.current) return;
    const typed = heldKeys().replaceAll('\n', ' ').trimStart();
    const whole = kept === '' || typed === '' ? kept + typed : `${kept} ${typed}`;
    if (whole !== line) return setLine(whole);
    given.current = true;
    input.current?.focus();
    takeHeldKeys();
    holdKeys('', CONTROLS);
  });
  useEffect(() => {
    const begun = performance.now();
    const timer = setInterval(() => {
      if (!given.current) return;
      const missed = takeHeldKeys().replaceAll('\n', ' ');
      if (missed !== '') latest.current.setLine(latest.current.line + missed);
      if (document.activeElement?.closest(CONTROLS) === null) input.current?.focus();
      if (performance.now() - begun < SETTLES_MS) holdKeys('', CONTROLS);
      else clearInterval(timer);
    }, LOOK_MS);
    return () => {
      clearInterval(timer);
      takeHeldKeys();
    };
  }, [input]);
}
