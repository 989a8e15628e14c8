import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';

const ASK_AGAIN_MS = 5_000;

/** Asks again what changes alone cannot carry on, not more often than every five seconds. */
export function useAskAgain(noun: 'situation' | 'feed' | 'map'): () => void {
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void queries.invalidateQueries({ queryKey: [noun] });
    }, ASK_AGAIN_MS);
  }, [queries, noun]);
}
