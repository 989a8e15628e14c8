import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../clock.ts';
import type { VerificationAnswer } from '../contract/verification.ts';
import {
  EVENT_LOG,
  type EventLog,
  type LogDamage,
  type LogTraits,
  type LogVerification,
  type StoreState,
  type Unreadable,
} from '../event-log/event-log.ts';
import { messageOf } from '../event-log/sqlite-failure.ts';
import { type ImportsUnderWay, Traffic } from '../http/traffic.ts';
import { LiveGateway } from '../live/live.gateway.ts';
import { ColumnsDesk } from '../read-model/columns-desk.ts';
import { Projector } from '../read-model/projector.ts';
import { VerificationDesk } from '../verification/verification-desk.ts';

/**
 * How the node is, gathered when somebody asks. Ready means: can read. With the store away a node
 * stays ready, for a proxy that took every node out at once would help nobody.
 */
export interface StoreDetail {
  readonly kind: LogTraits['store'];
  readonly state: StoreState;
  /** Seconds for which it has been so. */
  readonly forS: number;
  /** The same as an instant. */
  readonly since: string;
  /** Why it is not here. */
  readonly why: string | null;
  /** Since when nobody knows whether it has more than this node. */
  readonly staleSince: string | null;
  /** Appends that wait for it. */
  readonly waiting: number;
  readonly damage: LogDamage | null;
  /** How far the chain is known to hold. */
  readonly verification: LogVerification | null;
  readonly unreadable: readonly Unreadable[];
}

export interface VerifiedDetail {
  readonly state: VerificationAnswer['state'];
  readonly endedAt: string | null;
  readonly flaws: number;
  /** Rows that were other than the log makes them, and were made anew. */
  readonly rowsDiffered: number;
}

export interface Detail {
  readonly log: string;
  readonly exercise: boolean;
  readonly store: StoreDetail;
  readonly readModel: Projector['state'];
  /** What the read model met and is not over yet. */
  readonly readModelFailure: string | null;
  /** Whether the columns that figures are summed from are in memory: the first question loads them. */
  readonly columnsLoaded: boolean;
  /** The last whole walk over log and rows that came to its end. */
  readonly verified: VerifiedDetail | null;
  /** Whether one after it could not be done. */
  readonly verificationFailed: boolean;
  readonly head: number;
  readonly projected: number;
  readonly lag: number;
  readonly lastEventAt: string;
  readonly imports: Readonly<ImportsUnderWay>;
  readonly sockets: { readonly connected: number; readonly streaming: number };
  readonly requestsUnderWay: number;
  readonly eventLoopDelayMs: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Processor time of the process, user and system. */
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  readonly heapBytes: number;
  readonly uptimeS: number;
}

const NANOSECONDS_A_MS = 1e6;
const MICROSECONDS_A_SECOND = 1e6;

@Injectable()
export class VitalSigns {
  /** When a proxy last asked whether we are ready; it must learn of a stop before we refuse it. */
  readyAskedAt = 0;
  readonly #delay = monitorEventLoopDelay({ resolution: 10 });

  constructor(
    @Inject(EVENT_LOG) private readonly eventLog: EventLog,
    private readonly projector: Projector,
    private readonly live: LiveGateway,
    readonly traffic: Traffic,
    @Inject(CLOCK) private readonly now: Clock,
    private readonly verifications: VerificationDesk,
    private readonly columns: ColumnsDesk,
  ) {
    this.#delay.enable();
  }

  get ready(): boolean {
    const { state } = this.projector;
    return !this.traffic.draining && state !== 'rebuilding' && state !== 'failed';
  }

  #store(): StoreDetail {
    const condition = this.eventLog.condition();
    const { store: state, forMs, waiting, damage = null, unreadable = [] } = condition;
    const { verification = null, why = null, staleSince = null } = condition;
    const { store: kind } = this.eventLog.traits;
    return {
      kind,
      state,
      forS: Math.floor(forMs / 1000),
      since: new Date(this.now() - forMs).toISOString(),
      why,
      staleSince,
      waiting,
      damage,
      unreadable,
      verification,
    };
  }

  #verified(): Pick<Detail, 'verified' | 'verificationFailed'> {
    const whole = this.verifications.whole();
    const verificationFailed = whole[0]?.state === 'failed';
    const last = whole.find(({ state }) => state !== 'failed');
    if (last === undefined) return { verified: null, verificationFailed };
    const { state, endedAt, flaws, readModel } = last;
    const rowsDiffered = readModel?.differences ?? 0;
    return { verified: { state, endedAt, flaws: flaws.count, rowsDiffered }, verificationFailed };
  }

  detail(): Detail {
    const head = this.eventLog.head();
    const { failure, progress } = this.projector;
    // One number at every door: of a damaged log the rows may know more than can still be read.
    const { projected, head: last } = progress;
    const { rss, heapUsed } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    return {
      log: head.logId,
      exercise: head.exercise,
      store: this.#store(),
      readModel: this.projector.state,
      readModelFailure: failure === undefined ? null : messageOf(failure),
      columnsLoaded: this.columns.isLoaded,
      ...this.#verified(),
      head: last,
      projected,
      lag: Math.max(0, last - projected),
      lastEventAt: head.time,
      imports: { ...this.traffic.imports },
      sockets: this.live.counts,
      requestsUnderWay: this.traffic.underWay,
      eventLoopDelayMs: {
        p50: this.#delay.percentile(50) / NANOSECONDS_A_MS,
        p99: this.#delay.percentile(99) / NANOSECONDS_A_MS,
        max: this.#delay.max / NANOSECONDS_A_MS,
      },
      cpuSeconds: (user + system) / MICROSECONDS_A_SECOND,
      residentBytes: rss,
      heapBytes: heapUsed,
      uptimeS: Math.floor(process.uptime()),
    };
  }
}
