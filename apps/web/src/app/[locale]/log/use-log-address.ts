'use client';

import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { changeAddress } from '../../../shell/change-address.ts';
import { type LogAddress, logAddressOf, type LogMove, moved } from './log-address.ts';

export interface LogAddressInHand extends LogAddress {
  /** `push` for a step that Back undoes, `replace` for opening and closing an event. */
  go(move: LogMove | ((now: LogAddress) => LogMove), how?: 'push' | 'replace'): void;
}

export function useLogAddress(): LogAddressInHand {
  const text = useSearchParams().toString();
  return useMemo(() => ({ ...logAddressOf(new URLSearchParams(text)), go }), [text]);
}

const go: LogAddressInHand['go'] = (move, how) =>
  changeAddress(
    (now) => moved(now, typeof move === 'function' ? move(logAddressOf(now)) : move),
    how,
  );
