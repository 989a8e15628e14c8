import type { Signs } from './vital-signs.ts';

/** What a person should be called for. docs/operating.md says what to do. */
export interface Alarm {
  readonly name: string;
  /** It has to be so for as long, seconds: what passes by itself wakes nobody. */
  readonly forS: number;
  /** What is wrong, in one sentence; undefined while nothing is. `before`: at the look before. */
  says(signs: Signs, before: Signs): string | undefined;
}

/** Nothing on the main thread may take longer than ten milliseconds; who waits for this notices. */
const SLOW_LOOP_MS = 200;
/** Some seconds of the most that a node records. */
const MANY_BEHIND = 10_000;
/** A node walks over its log every day by itself. */
const VERIFIED_WITHIN_MS = 48 * 3_600_000;

export const ALARMS: readonly Alarm[] = [
  {
    name: 'store_damaged',
    forS: 0,
    says: ({ store }) =>
      store.state === 'damaged' ? (store.damage?.why ?? store.why ?? 'damaged') : undefined,
  },
  {
    name: 'store_full',
    forS: 0,
    says: ({ store }) => (store.state === 'full' ? 'the disk has no room' : undefined),
  },
  {
    // A leader's election takes some seconds.
    name: 'store_away',
    forS: 30,
    says: ({ store }) => (store.state === 'away' ? (store.why ?? 'away') : undefined),
  },
  {
    name: 'strangers_in_the_store',
    forS: 0,
    says: ({ store: { unreadable } }) =>
      unreadable.length > 0 ? `${unreadable.length} records are no events of this log` : undefined,
  },
  {
    name: 'verification_flaws',
    forS: 0,
    says: ({ verified }) =>
      verified !== null && verified.flaws > 0 ? `${verified.flaws} flaws of the log` : undefined,
  },
  {
    name: 'verification_failed',
    forS: 0,
    says: ({ verificationFailed }) =>
      verificationFailed ? 'the last walk over the log could not be done' : undefined,
  },
  {
    name: 'verification_late',
    forS: 0,
    says({ now, uptimeS, verified }) {
      const since = now - Date.parse(verified?.endedAt ?? '');
      // Before the first one, since the start.
      const unverifiedMs = Number.isNaN(since) ? uptimeS * 1_000 : since;
      if (unverifiedMs <= VERIFIED_WITHIN_MS) return undefined;
      return 'nobody has walked over the log for two days';
    },
  },
  {
    name: 'read_model_failed',
    forS: 0,
    says: ({ readModel, readModelFailure }) =>
      readModel === 'failed' ? (readModelFailure ?? 'failed') : undefined,
  },
  {
    name: 'read_model_behind',
    forS: 60,
    says: ({ readModel, lag }) =>
      readModel !== 'rebuilding' && lag > MANY_BEHIND
        ? `${lag} events are recorded and not shown`
        : undefined,
  },
  {
    name: 'event_loop_slow',
    forS: 30,
    says: ({ eventLoopDelayMs: { p99 } }) =>
      p99 > SLOW_LOOP_MS ? `whoever comes waits up to ${Math.round(p99)} ms` : undefined,
  },
  {
    name: 'queue_full',
    forS: 60,
    // A queue that refuses is mostly a place or two short of full when somebody looks.
    says({ queues }, { queues: before }) {
      const full = queues.filter(
        ({ length, limit, refused = 0 }, at) =>
          length >= limit || refused > (before[at]?.refused ?? refused),
      );
      return full.length > 0 ? full.map(({ name }) => name).join(', ') : undefined;
    },
  },
];
