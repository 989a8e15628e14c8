import { useCallback, useEffect, useRef } from 'react';

/**
 * Draws when there is something new to draw, unless somebody reads what is drawn: then once they leave.
 *
 * @param draw a new function whenever there is something new
 * @param scheme another one is other colours, which the drawing takes from the page
 * @returns to be called when the reader leaves
 */
export function usePostponed(
  draw: () => void,
  isRead: () => boolean,
  scheme: 'light' | 'dark',
): () => void {
  const missed = useRef<(() => void) | null>(null);
  useEffect(() => {
    missed.current = isRead() ? draw : null;
    if (missed.current === null) draw();
  }, [draw, isRead, scheme]);
  return useCallback(() => {
    missed.current?.();
    missed.current = null;
  }, []);
}
