import type { LiveView } from './live-feed.ts';

/**
 * What the pill says. The order is the order of alarm: what is not known to be fresh is never called
 * live.
 */
export const CONNECTION_STATES = [
  'connecting',
  'live',
  'quiet',
  'catching_up',
  'stale',
  'offline',
  'past',
  'read_only',
] as const;
export type ConnectionState = (typeof CONNECTION_STATES)[number];

const STALE_MS = 15_000;
const QUIET_MS = 5 * 60_000;
/** A frame may be on its way while a heartbeat already speaks of it. */
const IN_FLIGHT = 3;

export interface Connection {
  readonly state: ConnectionState;
  /** The picture is older than 15 s: it is dimmed and says so. */
  readonly stale: boolean;
  /** How old the picture is, in milliseconds; 0 while it is fresh. */
  readonly ageMs: number;
}

export function connectionOf(view: LiveView, now: number, past: boolean): Connection {
  const ageMs = ageOf(view, now);
  const stale = ageMs > STALE_MS;
  return { state: past ? 'past' : stateOf(view, now, stale), stale: stale && !past, ageMs };
}

function stateOf(view: LiveView, now: number, stale: boolean): ConnectionState {
  if (view.link === 'idle') return 'connecting';
  if (view.link === 'closed' || (view.link === 'connecting' && view.closedAt !== null))
    return 'offline';
  if (view.link === 'connecting') return 'connecting';
  if (stale) return 'stale';
  if (view.store !== 'here') return 'read_only';
  if (view.head - Math.min(view.projected, view.mine) > IN_FLIGHT) return 'catching_up';
  if (view.changedAt !== null && now - view.changedAt > QUIET_MS) return 'quiet';
  return 'live';
}

function ageOf(view: LiveView, now: number): number {
  if (view.heartbeatAt === null) return view.closedAt === null ? 0 : now - view.closedAt;
  return Math.max(0, now - view.heartbeatAt);
}
