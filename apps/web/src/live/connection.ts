import { type DeviceTime, elapsed } from './device-time.ts';
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

export function connectionOf(view: LiveView, now: DeviceTime, past: boolean): Connection {
  const ageMs = ageOf(view, now);
  const stale = ageMs > STALE_MS;
  return { state: past ? 'past' : stateOf(view, now, stale), stale: stale && !past, ageMs };
}

function stateOf(view: LiveView, now: DeviceTime, stale: boolean): ConnectionState {
  if (view.link === 'idle') return 'connecting';
  if (view.link === 'closed' || (view.link === 'connecting' && view.closedAt !== null))
    return 'offline';
  if (view.link === 'connecting') return 'connecting';
  if (stale) return 'stale';
  if (!isHeard(view)) return 'connecting';
  if (view.store !== 'here') return 'read_only';
  if (view.head - Math.min(view.projected, view.mine) > IN_FLIGHT) return 'catching_up';
  if (view.changedAt !== null && elapsed(view.changedAt, now) > QUIET_MS) return 'quiet';
  return 'live';
}

/** An open connection is worth as much as its first heartbeat; until then nobody knows what it hides. */
function isHeard({ heartbeatAt, openedAt }: LiveView): boolean {
  if (heartbeatAt === null) return false;
  return openedAt === null || heartbeatAt.steady >= openedAt.steady;
}

function ageOf({ heartbeatAt, openedAt, closedAt }: LiveView, now: DeviceTime): number {
  const known = heartbeatAt ?? closedAt ?? openedAt;
  return known === null ? 0 : elapsed(known, now);
}
