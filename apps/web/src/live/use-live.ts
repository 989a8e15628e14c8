'use client';

import type { ChangesAnswer } from '@ceasewatch/api/contract/live';
import {
  createContext,
  startTransition,
  useContext,
  useEffect,
  useRef,
  useSyncExternalStore,
} from 'react';
import { getJson } from '../api/fetch-json.ts';
import { type DeviceTime, deviceTime } from './device-time.ts';
import { type ChangeListener, LiveFeed, type LiveView } from './live-feed.ts';
import { liveSocket } from './live-socket.ts';

const PULL_LIMIT = '500';

/** The feed of this tab; it starts when the shell knows the log and an event to start from. */
export function createLiveFeed(): LiveFeed {
  return new LiveFeed({
    socket: liveSocket,
    pull: (after) =>
      getJson<ChangesAnswer>('/api/changes', {
        search: new URLSearchParams({ after: after.toString(), limit: PULL_LIMIT }),
      }),
    now: deviceTime,
    random: () => Math.random(),
    report: (error) => reportError(error),
  });
}

export const LiveContext = createContext<LiveFeed | null>(null);

export function useLiveFeed(): LiveFeed {
  const feed = useContext(LiveContext);
  if (feed === null) throw new Error('a screen stands outside of the shell');
  return feed;
}

export function useLive(): LiveView {
  return useLiveValue(whole);
}

/**
 * One value of the view, so that its reader renders when that value differs and not at every frame.
 *
 * @param select must give the same value for the same view
 */
export function useLiveValue<Value>(select: (view: LiveView) => Value): Value {
  const feed = useLiveFeed();
  const value = () => select(feed.current());
  return useSyncExternalStore(feed.watch, value, value);
}

/** Counts up when everything must be asked anew; it stands in the key of every question. */
export function useGeneration(): number {
  return useLiveValue(generationOf);
}

/** The log that this tab reads; two logs may have an event of one number each. */
export const logOf = ({ log }: LiveView): string | null => log;

/** The last event that this tab has applied. */
export const mineOf = ({ mine }: LiveView): number => mine;

/** When the connection was opened that stands, or stood last. */
export const openedAtOf = ({ openedAt }: LiveView): DeviceTime | null => openedAt;

/** The last event of the log, as far as this tab has heard. */
export const headOf = ({ head }: LiveView): number => head;

const whole = (view: LiveView) => view;
const generationOf = ({ generation }: LiveView) => generation;

/**
 * Hands every change to `listener`, in log order and once, for as long as the component lives. What all
 * of them show of it is drawn in one go, in slices between the reader's keys.
 */
export function useChanges(listener: ChangeListener): void {
  const feed = useLiveFeed();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(
    () =>
      feed.listen((changes) => {
        const faults: Error[] = [];
        startTransition(() => {
          try {
            latest.current(changes);
          } catch (error) {
            faults.push(error instanceof Error ? error : new Error(String(error)));
          }
        });
        // React would keep it to itself, and the feed has to know who has missed something.
        const [fault] = faults;
        if (fault !== undefined) throw fault;
      }),
    [feed],
  );
}
