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
  /** What this is the age of: the word of the node, or what the node knows of its store. */
  readonly lost: 'node' | 'store';
  /** How old the picture is, in milliseconds; 0 while it is fresh. */
  readonly ageMs: number;
}

export function connectionOf(view: LiveView, now: DeviceTime, past: boolean): Connection {
  const unheardMs = ageOf(view, now);
  const ageMs = unheardMs + (view.staleMs ?? 0);
  const isUnheard = unheardMs > STALE_MS;
  return {
    state: past ? 'past' : stateOf(view, now, isUnheard),
    stale: ageMs > STALE_MS && !past,
    lost: isUnheard ? 'node' : 'store',
    ageMs,
  };
}

function stateOf(view: LiveView, now: DeviceTime, isUnheard: boolean): ConnectionState {
  if (view.link === 'idle' || isBeginning(view, now)) return 'connecting';
  if (view.link === 'closed' || (view.link === 'connecting' && view.closedAt !== null))
    return 'offline';
  if (view.link === 'connecting') return 'connecting';
  if (isUnheard) return 'stale';
  if (!isHeard(view)) return 'connecting';
  // Others may record what this node cannot see; a store that is the node's own has nothing more.
  if (view.store === 'away' && view.staleMs !== null) return 'stale';
  if (view.store !== 'here') return 'read_only';
  if (view.staleMs !== null) return 'catching_up';
  if (view.head - Math.min(view.projected, view.mine) > IN_FLIGHT) return 'catching_up';
  if (view.changedAt !== null && elapsed(view.changedAt, now) > QUIET_MS) return 'quiet';
  return 'live';
}

/** Before the first heartbeat nothing is lost yet: a busy desk may need a second try. */
function isBeginning({ heartbeatAt, closedAt }: LiveView, now: DeviceTime): boolean {
  return heartbeatAt === null && closedAt !== null && elapsed(closedAt, now) < STALE_MS;
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
