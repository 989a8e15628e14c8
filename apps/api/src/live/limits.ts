/** Every bound of the live feed, each with its reason. Tests give shorter ones. */
export interface LiveLimits {
  readonly sockets: number;
  readonly socketsAnAddress: number;
  readonly messagesASecond: number;
  readonly backfillEvents: number;
  readonly backfillBytes: number;
  readonly reloadEvents: number;
  readonly lag: {
    readonly graceMs: number;
    readonly ms: number;
    readonly bytes: number;
    readonly events: number;
  };
  readonly queuedBytes: number;
  readonly inspectMs: number;
  readonly heartbeatMs: number;
  readonly drainSlice: number;
  readonly drainPauseMs: number;
}

export const LIVE_LIMITS = Symbol('live limits');

const KIB = 1024;

export const LIMITS: LiveLimits = {
  // One core encodes and writes some 20,000 frames a second; two thousand dashboards ask for that.
  sockets: 2_000,
  // An office behind one address; loopback, where a proxy or a test sits, is not counted. A proxy
  // elsewhere speaks for everybody: there it is a setting of the node.
  socketsAnAddress: 50,
  // A join, an acknowledgement a second and a pong every ten are all a client has to say.
  messagesASecond: 10,
  // Whoever is further behind pages over HTTP before joining, at its own pace.
  backfillEvents: 500,
  backfillBytes: 512 * KIB,
  // Further behind than this a snapshot is less to read than the changes.
  reloadEvents: 20_000,
  // What a client may leave unacknowledged: kernel buffers hide a stalled reader for megabytes. It says
  // once a second how far it is, so of the last two seconds nothing is held against it: a node that
  // records three thousand a second would else send its quickest readers away.
  lag: { graceMs: 2_000, ms: 10_000, bytes: 256 * KIB, events: 1_000 },
  // Twice the largest backfill: what waits for a client that does not read at all.
  queuedBytes: KIB * KIB,
  inspectMs: 1_000,
  heartbeatMs: 5_000,
  // Two thousand clients are let go in four seconds and meet the next node in as many.
  drainSlice: 50,
  drainPauseMs: 100,
};
