'use client';

import { useSyncExternalStore } from 'react';
import { connectionOf } from './connection.ts';
import { type DeviceTime, deviceTime } from './device-time.ts';
import { useLive, useLiveFeed } from './use-live.ts';

const TICK_MS = 1_000;
const subscribers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
const NO_TIME: DeviceTime = { wall: 0, steady: 0 };
let tick = NO_TIME;

/** One timer for the whole page; it stops when nobody looks. */
function subscribe(subscriber: () => void): () => void {
  subscribers.add(subscriber);
  if (tick === NO_TIME) tick = deviceTime();
  timer ??= setInterval(() => {
    tick = deviceTime();
    for (const each of subscribers) each();
  }, TICK_MS);
  return () => {
    subscribers.delete(subscriber);
    if (subscribers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** This device's clocks to the second; 0 while the page is only a file. */
export function useDeviceNow(): DeviceTime {
  return useSyncExternalStore(
    subscribe,
    () => tick,
    () => NO_TIME,
  );
}

/** The centre's clock to the second: this device's, corrected by the last heartbeat. 0 as above. */
export function useNow(): number {
  const { wall } = useDeviceNow();
  const feed = useLiveFeed();
  const offset = feed.current().clockOffsetMs;
  return wall === 0 ? 0 : wall + offset;
}

/**
 * The moment that a greyed picture is of: the centre's clock, standing still since the last heartbeat
 * while the connection is lost. What is counted from it never seems fresher than it is.
 */
export function usePictureNow(): number {
  const now = useNow();
  const device = useDeviceNow();
  const view = useLive();
  if (now === 0 || view.heartbeatAt === null || !connectionOf(view, device, false).stale)
    return now;
  return view.heartbeatAt.wall + view.clockOffsetMs;
}

/** A part of the clock that changes seldom, so that its reader renders seldom: whole minutes. */
export function useMinute(): number {
  const feed = useLiveFeed();
  return useSyncExternalStore(
    subscribe,
    () =>
      tick === NO_TIME
        ? 0
        : Math.floor((tick.wall + feed.current().clockOffsetMs) / 60_000) * 60_000,
    () => 0,
  );
}
