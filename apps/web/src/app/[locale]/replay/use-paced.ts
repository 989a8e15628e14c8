import { useEffect, useRef, useState } from 'react';

/** By then what is drawn with the value itself has been painted. */
export const PAINTED_MS = 30;

/**
 * A value for what is dear to draw: after a pause it follows as soon as everything that is drawn
 * with the value itself has been painted; then at most so often, and always to the last one.
 */
export function usePaced<Value>(value: Value, everyMs: number): Value {
  const [paced, setPaced] = useState(value);
  const pacedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (value === paced) return undefined;
    const wait = Math.max(PAINTED_MS, pacedAt.current + everyMs - performance.now());
    const timer = setTimeout(() => {
      pacedAt.current = performance.now();
      setPaced(() => value);
    }, wait);
    return () => clearTimeout(timer);
  }, [value, paced, everyMs]);
  return paced;
}
