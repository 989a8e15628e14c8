'use client';

import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { type LogAddress, logAddressOf, type LogMove, moved } from './log-address.ts';

export interface LogAddressInHand extends LogAddress {
  /** `push` for a step that Back undoes, `replace` for opening and closing an event. */
  go(move: LogMove, how?: 'push' | 'replace'): void;
}

export function useLogAddress(): LogAddressInHand {
  const text = useSearchParams().toString();
  return useMemo(() => {
    const search = new URLSearchParams(text);
    return { ...logAddressOf(search), go: (move, how = 'push') => go(moved(search, move), how) };
  }, [text]);
}

function go(search: URLSearchParams, how: 'push' | 'replace'): void {
  const query = search.toString();
  const address = query === '' ? location.pathname : `${location.pathname}?${query}`;
  if (how === 'push') history.pushState(null, '', address);
  else history.replaceState(null, '', address);
}
