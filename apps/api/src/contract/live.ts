import type { Change } from '@ceasewatch/domain/situation/observation-row';
import type { StoreState } from './log.ts';

/** `GET /api/changes?after=&limit=`: every event after `after` in order. */
export interface ChangesAnswer {
  readonly log: string;
  readonly after: number;
  /** Last event covered by this answer; ask again with it until it equals `head`. */
  readonly seq: number;
  readonly head: number;
  readonly changes: readonly Change[];
}

/**
 * The socket `/live` (docs/live-protocol.md). A client joins with the last event it has applied and
 * applies a frame only if `prev` is that very event; otherwise it pulls `/api/changes`.
 */
export interface LiveJoin {
  readonly log?: string;
  readonly feed: 'shared';
  readonly after: number;
}

export type LiveJoined =
  | { readonly answer: 'live'; readonly log: string; readonly head: number }
  | { readonly answer: 'pull'; readonly log: string; readonly head: number }
  | { readonly answer: 'reload'; readonly log: string; readonly head: number };

export interface LiveFrame {
  readonly log: string;
  readonly feed: 'shared';
  readonly prev: number;
  readonly seq: number;
  readonly changes: readonly Change[];
}

export interface LiveHeartbeat {
  readonly log: string;
  readonly head: number;
  /** Last event this node's read model has applied. */
  readonly projected: number;
  readonly store: StoreState;
  /** Present when the log is damaged and it is known from which event on. */
  readonly damagedFrom?: number;
  /** Since when nobody knows whether the store has more than this node; absent while it is known. */
  readonly staleSince?: string;
  readonly time: string;
}

export interface ServerToClient {
  frame: (frame: LiveFrame) => void;
  heartbeat: (heartbeat: LiveHeartbeat) => void;
  pull: (notice: { readonly log: string; readonly head: number }) => void;
}

export interface ClientToServer {
  join: (join: LiveJoin, answer: (joined: LiveJoined) => void) => void;
  ack: (ack: { readonly seq: number }) => void;
}
