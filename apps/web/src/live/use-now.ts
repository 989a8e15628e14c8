'use client';

import { useSyncExternalStore } from 'react';
import { useLiveFeed } from './use-live.ts';

const TICK_MS = 1_000;
const subscribers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let tick = 0;

/** One timer for the whole page; it stops when nobody looks. */
function subscribe(subscriber: () => void): () => void {
  subscribers.add(subscriber);
  if (tick === 0) tick = Date.now();
  timer ??= setInterval(() => {
    tick = Date.now();
    for (const each of subscribers) each();
  }, TICK_MS);
  return () => {
    subscribers.delete(subscriber);
    if (subscribers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** This device's clock to the second, in milliseconds; 0 while the page is only a file. */
export function useDeviceNow(): number {
  return useSyncExternalStore(
    subscribe,
    () => tick,
    () => 0,
  );
}

/** The centre's clock to the second: this device's, corrected by the last heartbeat. 0 as above. */
export function useNow(): number {
  const now = useDeviceNow();
  const feed = useLiveFeed();
  const offset = feed.current().clockOffsetMs;
  return now === 0 ? 0 : now + offset;
}

/** A part of the clock that changes seldom, so that its reader renders seldom: whole minutes. */
export function useMinute(): number {
  const feed = useLiveFeed();
  return useSyncExternalStore(
    subscribe,
    () => (tick === 0 ? 0 : Math.floor((tick + feed.current().clockOffsetMs) / 60_000) * 60_000),
    () => 0,
  );
}
