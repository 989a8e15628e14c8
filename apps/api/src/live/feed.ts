import type { Change } from '@ceasewatch/domain/situation/observation-row';
import type { LiveFrame } from '../contract/live.ts';

/**
 * A feed turns what the projector applied into frames: the first change goes out at once, what follows
 * is gathered for 100 ms, and every frame names the event before it (`prev`), so that a client can see
 * a gap by itself. The feed knows no sockets; it hands frames to `send` and remembers their size and
 * time, by which the gateway tells who has fallen behind.
 */
export const COALESCE_MS = 100;
export const FRAME_BYTES = 64 * 1024;
/** A burst beyond this is pulled over HTTP, page by page, and never streamed. */
export const BURST_BYTES = 256 * 1024;

export interface SentFrame {
  readonly seq: number;
  readonly at: number;
  /** Bytes sent on this feed before this frame, and with it, since the node started. */
  readonly bytesBefore: number;
  readonly bytesWith: number;
}

export interface Lag {
  readonly events: number;
  readonly bytes: number;
  readonly sinceMs: number;
}

const UP_TO_DATE: Lag = { events: 0, bytes: 0, sinceMs: 0 };

export interface FeedOutlet {
  /** Whether anybody listens; else nothing needs to be kept, measured or encoded. */
  readonly isHeard: boolean;
  send(frame: LiveFrame): void;
  /** The burst is too large to stream: whoever listens must pull and join again. */
  overflow(): void;
}

export class Feed {
  private pending: Change[] = [];
  private pendingBytes = 0;
  /** Last event taken; what is between `position` and it waits for the next frame. */
  private taken: number;
  private timer: NodeJS.Timeout | undefined;
  private lastSentAt = Number.NEGATIVE_INFINITY;
  private bytes = 0;
  private sent: SentFrame[] = [];

  constructor(
    private readonly log: string,
    /** Last event that is part of a frame already sent. */
    public position: number,
    private readonly outlet: FeedOutlet,
    private readonly now: () => number,
  ) {
    this.taken = position;
  }

  /**
   * Takes what the projector applied, in order. Were there ever a gap, the frames would hide it behind a
   * `prev` that fits: whoever listens is sent to pull instead.
   */
  take(changes: readonly Change[]): void {
    const [first] = changes;
    const last = changes.at(-1);
    if (first === undefined || last === undefined) return;
    if (first.seq !== this.taken + 1) {
      this.startAnewAt(last.seq);
      this.outlet.overflow();
      return;
    }
    if (!this.outlet.isHeard && this.timer === undefined) {
      this.position = last.seq;
      this.taken = last.seq;
      return;
    }
    for (const change of changes) {
      this.taken = change.seq;
      // What will not be streamed need not be kept either: an import brings thousands a second.
      if (this.pendingBytes > BURST_BYTES) continue;
      this.pending.push(change);
      this.pendingBytes += sizeOf(change);
    }
    if (this.timer !== undefined || this.taken === this.position) return;
    const wait = Math.max(0, this.lastSentAt + COALESCE_MS - this.now());
    if (wait === 0) this.flush();
    else this.timer = setTimeout(() => this.flush(), wait);
  }

  /** Sends what is pending now, so that a client that joins starts at the very head. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.taken === this.position) return;
    const changes = this.pending;
    const bytes = this.pendingBytes;
    this.pending = [];
    this.pendingBytes = 0;
    this.lastSentAt = this.now();
    if (bytes > BURST_BYTES) {
      this.position = this.taken;
      this.outlet.overflow();
      return;
    }
    for (const frame of framesOf(this.log, this.position, changes)) {
      this.outlet.send(frame.frame);
      this.position = frame.frame.seq;
      const bytesBefore = this.bytes;
      this.bytes += frame.bytes;
      this.sent.push({
        seq: this.position,
        at: this.lastSentAt,
        bytesBefore,
        bytesWith: this.bytes,
      });
    }
  }

  /** Another file of rows came into use and stands at `seq`: frames go on from there. */
  startAnewAt(seq: number): void {
    this.close();
    this.position = seq;
    this.taken = seq;
    this.sent = [];
  }

  /**
   * How far a client that acknowledged `acked` is behind what was sent to it.
   *
   * @param graceMs what was sent that lately its next acknowledgement may cover
   */
  lagOf(acked: number, graceMs: number): Lag {
    const now = this.now();
    const due = this.sent.findLast(({ at }) => at <= now - graceMs);
    // Nearly everybody, nearly always.
    if (due === undefined || acked >= due.seq) return UP_TO_DATE;
    const oldest = this.sent.find(({ seq }) => seq > acked) ?? due;
    return {
      events: due.seq - acked,
      bytes: due.bytesWith - oldest.bytesBefore,
      sinceMs: now - oldest.at,
    };
  }

  /** Forgets frames older than `ms`; a client that far behind is in pull mode already. */
  forgetOlderThan(ms: number): void {
    const horizon = this.now() - ms;
    const keep = this.sent.findIndex((frame) => frame.at >= horizon);
    if (keep !== 0) this.sent = keep < 0 ? [] : this.sent.slice(keep);
  }

  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.pending = [];
    this.pendingBytes = 0;
  }
}

/** Cuts changes into frames of at most 64 KiB that follow one another from `prev`. */
export function framesOf(
  log: string,
  prev: number,
  changes: readonly Change[],
): { frame: LiveFrame; bytes: number }[] {
  const frames: { frame: LiveFrame; bytes: number }[] = [];
  let position = prev;
  let part: Change[] = [];
  let bytes = 0;
  const close = (): void => {
    const last = part.at(-1);
    if (last === undefined) return;
    frames.push({
      frame: { log, feed: 'shared', prev: position, seq: last.seq, changes: part },
      bytes,
    });
    position = last.seq;
    part = [];
    bytes = 0;
  };
  for (const change of changes) {
    const size = sizeOf(change);
    if (bytes + size > FRAME_BYTES) close();
    part.push(change);
    bytes += size;
  }
  close();
  return frames;
}

/** Bytes of a change on the wire. */
export function sizeOf(change: Change): number {
  return Buffer.byteLength(JSON.stringify(change));
}
