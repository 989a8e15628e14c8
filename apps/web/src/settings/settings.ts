import { useSyncExternalStore } from 'react';

/**
 * What a person chose on this device: kept in the browser, never sent anywhere but the acting officer.
 * A browser without storage keeps it for as long as the page lives.
 */
export interface Settings {
  readonly officer: string | null;
  readonly keys: boolean;
  readonly sound: boolean;
  /** How often the feed shows what has arrived. */
  readonly feedRate: FeedRate;
  /** Logs whose guided strip was closed for ever. */
  readonly stripClosed: readonly string[];
}

export const FEED_RATES = ['live', 'halfMinute', 'manual'] as const;
export type FeedRate = (typeof FEED_RATES)[number];

const DEFAULTS: Settings = {
  officer: null,
  keys: true,
  sound: false,
  feedRate: 'live',
  stripClosed: [],
};
const KEY = 'ceasewatch.settings';

const listeners = new Set<() => void>();
let current: Settings | undefined;

export function settings(): Settings {
  current ??= stored();
  return current;
}

export function changeSettings(change: Partial<Settings>): void {
  current = { ...settings(), ...change };
  keep(current);
  for (const listener of listeners) listener();
}

export function useSettings(): Settings {
  return useSyncExternalStore(subscribe, settings, () => DEFAULTS);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  const otherTab = (event: StorageEvent) => {
    if (event.key !== KEY) return;
    current = stored();
    listener();
  };
  window.addEventListener('storage', otherTab);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', otherTab);
  };
}

function stored(): Settings {
  const text = storage()?.getItem(KEY);
  if (text === null || text === undefined) return DEFAULTS;
  try {
    const kept: unknown = JSON.parse(text);
    return typeof kept === 'object' && kept !== null ? { ...DEFAULTS, ...kept } : DEFAULTS;
  } catch (error) {
    // Somebody else wrote under our key; what they wrote is of no use here.
    if (error instanceof SyntaxError) return DEFAULTS;
    throw error;
  }
}

function keep(chosen: Settings): void {
  storage()?.setItem(KEY, JSON.stringify(chosen));
}

function storage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch (error) {
    // Storage switched off for this site throws on the mere look.
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}
