import type {
  ChangesAnswer,
  LiveFrame,
  LiveHeartbeat,
  LiveJoin,
  LiveJoined,
} from '@ceasewatch/api/contract/live';
import type { StoreState } from '@ceasewatch/api/contract/log';
import type { Change } from '@ceasewatch/domain/situation/observation-row';
import { ApiProblem } from '../api/api-problem.ts';
import { CentreClock } from './centre-clock.ts';
import type { DeviceTime } from './device-time.ts';
import { KeptChanges, type Since } from './kept-changes.ts';

/**
 * The browser's side of docs/live-protocol.md: one per tab. It keeps one position, applies a frame
 * only if `prev` is that position, pulls what is missing, and hands every change to every listener in
 * log order, once. It knows no React and no socket library, so that its promises can be tested.
 */
export interface LiveSocket {
  connect(): void;
  close(): void;
  /** @throws ApiProblem `network` when no answer comes */
  join(join: LiveJoin): Promise<LiveJoined>;
  ack(seq: number): void;
}

export interface SocketEvents {
  opened(): void;
  closed(): void;
  frame(frame: LiveFrame): void;
  heartbeat(heartbeat: LiveHeartbeat): void;
  pull(): void;
}

export interface LiveDeps {
  socket(events: SocketEvents): LiveSocket;
  /** @throws ApiProblem */
  pull(after: number): Promise<ChangesAnswer>;
  now(): DeviceTime;
  random(): number;
  /** A fault of this page itself: it is told to whoever looks for faults, and the feed goes on. */
  report(error: unknown): void;
}

/** What the connection pill and its details show; a new object whenever something in it changed. */
export interface LiveView {
  readonly link: 'idle' | 'connecting' | 'open' | 'closed';
  readonly log: string | null;
  /** Last event this tab has applied, -1 before the first. */
  readonly mine: number;
  readonly head: number;
  readonly projected: number;
  /** Whether the node can record anything now. */
  readonly store: StoreState;
  readonly damagedFrom: number | null;
  /** How long the node had not heard of its store when it last said so; null while it hears of it. */
  readonly staleMs: number | null;
  readonly openedAt: DeviceTime | null;
  readonly heartbeatAt: DeviceTime | null;
  /** The node's clock minus this device's, in milliseconds. */
  readonly clockOffsetMs: number;
  readonly changedAt: DeviceTime | null;
  readonly closedAt: DeviceTime | null;
  /** By the steady clock. */
  readonly retryAt: number | null;
  /** Counts up when everything must be asked anew: another log, too far behind, a fault in a screen. */
  readonly generation: number;
}

export type ChangeListener = (changes: readonly Change[]) => void;

const ACK_MS = 1_000;
const RETRY_FIRST_MS = 500;
const RETRY_MOST_MS = 10_000;
/** A screen that fails at every change asks anew no more often than this. */
const ANEW_MS = 1_000;

/** Before it is started. */
export const IDLE_VIEW: LiveView = {
  link: 'idle',
  log: null,
  mine: -1,
  head: -1,
  projected: -1,
  store: 'here',
  damagedFrom: null,
  staleMs: null,
  openedAt: null,
  heartbeatAt: null,
  clockOffsetMs: 0,
  changedAt: null,
  closedAt: null,
  retryAt: null,
  generation: 0,
};

export class LiveFeed {
  private view: LiveView = IDLE_VIEW;
  private readonly deps: LiveDeps;
  private readonly socket: LiveSocket;
  private readonly viewers = new Set<() => void>();
  private readonly listeners = new Set<ChangeListener>();
  private readonly kept = new KeptChanges();
  private readonly clock = new CentreClock();
  private acked = -1;
  private attempts = 0;
  private catching = false;
  private anewTimer: ReturnType<typeof setTimeout> | undefined;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private ackTimer: ReturnType<typeof setInterval> | undefined;

  constructor(deps: LiveDeps) {
    this.deps = deps;
    this.socket = deps.socket({
      opened: () => void this.opened(),
      closed: () => this.closed(),
      frame: (frame) => this.frame(frame),
      heartbeat: (heartbeat) => this.heartbeat(heartbeat),
      pull: () => void this.catchUp(),
    });
  }

  /** Begins at a snapshot: the event it stands at and the log it is of. */
  start(log: string, seq: number): void {
    if (this.view.link !== 'idle') return;
    this.kept.begin(seq);
    this.show({ link: 'connecting', log, mine: seq, head: seq, projected: seq });
    this.ackTimer = setInterval(() => this.ack(), ACK_MS);
    this.socket.connect();
  }

  stop(): void {
    clearInterval(this.ackTimer);
    clearTimeout(this.retryTimer);
    clearTimeout(this.anewTimer);
    this.show({ link: 'idle' });
    this.socket.close();
  }

  /** Tries at once instead of waiting for the countdown. */
  retryNow(): void {
    if (this.view.link !== 'closed') return;
    clearTimeout(this.retryTimer);
    this.show({ link: 'connecting', retryAt: null });
    this.socket.connect();
  }

  current = (): LiveView => this.view;

  watch = (viewer: () => void): (() => void) => {
    this.viewers.add(viewer);
    return () => this.viewers.delete(viewer);
  };

  listen(listener: ChangeListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The changes after `seq` up to this tab's position. */
  since(seq: number): Since {
    return this.kept.since(seq);
  }

  private async opened(): Promise<void> {
    this.show({ link: 'open', retryAt: null, closedAt: null, openedAt: this.deps.now() });
    await this.join();
  }

  private async join(): Promise<void> {
    const { log, mine } = this.view;
    try {
      const joined = await this.socket.join({
        ...(log === null ? {} : { log }),
        feed: 'shared',
        after: mine,
      });
      // A node that opens and does not let join is not back: until then the pauses grow.
      if (joined.answer === 'live') this.attempts = 0;
      this.show({ head: Math.max(this.view.head, joined.head) });
      if (joined.answer === 'reload') this.reload(joined.log, joined.head);
      if (joined.answer === 'pull') await this.catchUp();
    } catch (error) {
      this.failed(error);
    }
  }

  /** What this tab holds is of another log or far behind: every screen asks its snapshot anew. */
  private reload(log: string, head: number): void {
    this.kept.begin(head);
    this.acked = -1;
    this.show({ log, mine: head, head, projected: head, generation: this.view.generation + 1 });
    void this.join();
  }

  private frame(frame: LiveFrame): void {
    if (this.catching || frame.seq <= this.view.mine) return;
    if (frame.prev === this.view.mine) this.apply(frame.changes, frame.seq);
    else void this.catchUp();
  }

  /** Pulls page by page to the head, then joins again; frames that arrive meanwhile come again then. */
  private async catchUp(): Promise<void> {
    if (this.catching) return;
    this.catching = true;
    try {
      let head = this.view.mine + 1;
      while (this.view.mine < head) {
        const answer = await this.deps.pull(this.view.mine);
        if (answer.log !== this.view.log) return this.reload(answer.log, answer.head);
        if (answer.seq <= this.view.mine) break;
        this.apply(answer.changes, answer.seq);
        head = answer.head;
      }
    } catch (error) {
      return this.failed(error);
    } finally {
      this.catching = false;
    }
    if (this.view.link === 'open') await this.join();
  }

  private apply(changes: readonly Change[], seq: number): void {
    this.kept.add(changes);
    this.show({
      mine: seq,
      head: Math.max(this.view.head, seq),
      projected: Math.max(this.view.projected, seq),
      changedAt: this.deps.now(),
    });
    for (const listener of this.listeners) {
      try {
        listener(changes);
      } catch (error) {
        // Its neighbours are told all the same, and it starts anew: what it missed is not lost.
        this.deps.report(error);
        this.askAnew();
      }
    }
  }

  private askAnew(): void {
    this.anewTimer ??= setTimeout(() => {
      this.anewTimer = undefined;
      this.show({ generation: this.view.generation + 1 });
    }, ANEW_MS);
  }

  private heartbeat(heartbeat: LiveHeartbeat): void {
    const { head, projected, store, damagedFrom = null, staleSince, time } = heartbeat;
    const now = this.deps.now();
    const clockOffsetMs = this.clock.heard(Date.parse(time), now);
    const staleMs =
      staleSince === undefined ? null : Math.max(0, Date.parse(time) - Date.parse(staleSince));
    this.show({ head, projected, store, damagedFrom, staleMs, heartbeatAt: now, clockOffsetMs });
  }

  private ack(): void {
    if (this.view.link !== 'open' || this.acked === this.view.mine) return;
    this.acked = this.view.mine;
    this.socket.ack(this.acked);
  }

  /** A join or a pull without an answer: the connection is worth nothing, a new one begins with a join. */
  private failed(error: unknown): void {
    if (!(error instanceof ApiProblem)) this.deps.report(error);
    this.socket.close();
    this.closed();
  }

  private closed(): void {
    if (this.view.link === 'idle' || this.view.link === 'closed') return;
    const now = this.deps.now();
    this.clock.forget();
    const wait =
      Math.min(RETRY_MOST_MS, RETRY_FIRST_MS * 2 ** this.attempts) *
      (0.75 + this.deps.random() / 2);
    this.attempts += 1;
    this.show({ link: 'closed', closedAt: this.view.closedAt ?? now, retryAt: now.steady + wait });
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => this.retryNow(), wait);
  }

  private show(change: Partial<LiveView>): void {
    this.view = { ...this.view, ...change };
    for (const viewer of this.viewers) viewer();
  }
}
