'use client';

import { type RefObject, useEffect, useRef } from 'react';
import { heldKeys, takeHeldKeys } from '../../../shell/held-keys.ts';

/**
 * What was typed before the form stood goes to the end of its first line. The line has the keys once it
 * shows every letter: one that were pressed in an input that is still empty would be all that it keeps.
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
  useEffect(() => {
    if (given.current) return;
    const typed = heldKeys().replaceAll('\n', ' ').trimStart();
    const whole = kept === '' || typed === '' ? kept + typed : `${kept} ${typed}`;
    if (whole !== line) return setLine(whole);
    given.current = true;
    input.current?.focus();
    takeHeldKeys();
  });
}
