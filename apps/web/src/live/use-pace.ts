import { startTransition, useCallback, useEffect, useRef } from 'react';

/** A drawing that falls due waits so long for the next changes, to be drawn with them. */
const JOIN_MS = 100;

/**
 * For what is dear to draw: at once after a pause, then at most every `everyMs`, and the last change is
 * never left undrawn. In a storm it falls together with what everybody else draws of the same changes.
 *
 * @param draw draws what there is now
 * @returns to be called at every change
 */
export function usePace(everyMs: number, draw: () => void): () => void {
  const latest = useRef(draw);
  const drawnAt = useRef(Number.NEGATIVE_INFINITY);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    latest.current = draw;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    const now = () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      drawnAt.current = performance.now();
      startTransition(latest.current);
    };
    const wait = drawnAt.current + everyMs - performance.now();
    if (wait <= 0) now();
    else timer.current ??= setTimeout(now, wait + JOIN_MS);
  }, [everyMs]);
}
