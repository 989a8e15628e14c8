import { useSyncExternalStore } from 'react';

/**
 * What a person chose on this device: kept in the browser, never sent anywhere but the acting officer.
 * A browser without storage, or without room, keeps it for as long as the page lives.
 */
export interface Settings {
  readonly officer: string | null;
  readonly keys: boolean;
  readonly sound: boolean;
  /** How often the feed shows what has arrived. */
  readonly feedRate: FeedRate;
  /** Logs whose guided strip was closed for ever. */
  readonly stripClosed: readonly string[];
  /** Whether the strip was due when last known; a newcomer is most often before an exercise. */
  readonly tour: boolean;
}

export const FEED_RATES = ['live', 'halfMinute', 'manual'] as const;
export type FeedRate = (typeof FEED_RATES)[number];

const DEFAULTS: Settings = {
  officer: null,
  keys: true,
  sound: false,
  feedRate: 'live',
  stripClosed: [],
  tour: true,
};
const KEY = 'ceasewatch.settings';

const listeners = new Set<() => void>();
let current: Settings | undefined;

export function settings(): Settings {
  current ??= stored();
  return current;
}

export function changeSettings(change: Partial<Settings>): void {
  const changed = { ...settings(), ...change };
  current = changed;
  for (const listener of listeners) listener();
  allowed(() => window.localStorage.setItem(KEY, JSON.stringify(changed)));
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
  const text = allowed(() => window.localStorage.getItem(KEY));
  if (text === null || text === undefined) return DEFAULTS;
  try {
    return settingsIn(JSON.parse(text));
  } catch (error) {
    // Somebody else wrote under our key; what they wrote is of no use here.
    if (error instanceof SyntaxError) return DEFAULTS;
    throw error;
  }
}

/** Field by field: what another version or another hand has written there is not believed. */
function settingsIn(kept: unknown): Settings {
  if (typeof kept !== 'object' || kept === null) return DEFAULTS;
  const {
    officer,
    keys,
    sound,
    feedRate,
    stripClosed,
    tour,
  }: Partial<Record<keyof Settings, unknown>> = kept;
  return {
    officer: typeof officer === 'string' ? officer : DEFAULTS.officer,
    keys: typeof keys === 'boolean' ? keys : DEFAULTS.keys,
    sound: typeof sound === 'boolean' ? sound : DEFAULTS.sound,
    feedRate: FEED_RATES.find((each) => each === feedRate) ?? DEFAULTS.feedRate,
    stripClosed: Array.isArray(stripClosed)
      ? stripClosed.filter((each) => typeof each === 'string')
      : DEFAULTS.stripClosed,
    tour: typeof tour === 'boolean' ? tour : DEFAULTS.tour,
  };
}

/** Storage that is switched off for this site throws on the mere look, a full one when it is written. */
function allowed<Value>(access: () => Value): Value | undefined {
  try {
    return access();
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}
