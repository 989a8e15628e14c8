import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
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
import { Traffic } from '../http/traffic.ts';
import { LiveGateway } from '../live/live.gateway.ts';
import { ColumnsDesk } from '../read-model/columns-desk.ts';
import { Projector } from '../read-model/projector.ts';
import { VerificationDesk } from '../verification/verification-desk.ts';
import { type Delay, EventLoopDelay } from './event-loop-delay.ts';
import { type QueueDetail, Queues } from './queues.ts';

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

export interface Signs {
  /** The node's clock, milliseconds since 1970. */
  readonly now: number;
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
  /** Rows of tables between reading and recording. */
  readonly tableRows: number;
  readonly queues: readonly QueueDetail[];
  readonly sockets: { readonly connected: number; readonly streaming: number };
  readonly requestsUnderWay: number;
  /** Of the last half minute to minute. */
  readonly eventLoopDelayMs: Delay;
  /** Processor time of the process, user and system. */
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  readonly heapBytes: number;
  readonly uptimeS: number;
}

const MICROSECONDS_A_SECOND = 1e6;

@Injectable()
export class VitalSigns implements OnModuleDestroy {
  /** When a proxy last asked whether we are ready; it must learn of a stop before we refuse it. */
  readyAskedAt = 0;
  readonly #delay = new EventLoopDelay();

  constructor(
    @Inject(EVENT_LOG) private readonly eventLog: EventLog,
    private readonly projector: Projector,
    private readonly live: LiveGateway,
    readonly traffic: Traffic,
    @Inject(CLOCK) private readonly now: Clock,
    private readonly verifications: VerificationDesk,
    private readonly columns: ColumnsDesk,
    private readonly queues: Queues,
  ) {}

  onModuleDestroy(): void {
    this.#delay.close();
  }

  get ready(): boolean {
    const { state } = this.projector;
    return !this.traffic.draining && state !== 'rebuilding' && state !== 'failed';
  }

  #store(): StoreDetail {
    const condition = this.eventLog.condition();
    const { store: state, forMs, damage = null, unreadable = [] } = condition;
    const { verification = null, why = null, staleSince = null } = condition;
    const { store: kind } = this.eventLog.traits;
    return {
      kind,
      state,
      forS: Math.floor(forMs / 1000),
      since: new Date(this.now() - forMs).toISOString(),
      why,
      staleSince,
      damage,
      unreadable,
      verification,
    };
  }

  #verified(): Pick<Signs, 'verified' | 'verificationFailed'> {
    const whole = this.verifications.whole();
    const verificationFailed = whole[0]?.state === 'failed';
    const last = whole.find(({ state }) => state !== 'failed');
    if (last === undefined) return { verified: null, verificationFailed };
    const { state, endedAt, flaws, readModel } = last;
    const rowsDiffered = readModel?.differences ?? 0;
    return { verified: { state, endedAt, flaws: flaws.count, rowsDiffered }, verificationFailed };
  }

  detail(): Signs {
    const head = this.eventLog.head();
    const { failure, progress } = this.projector;
    // One number at every door: of a damaged log the rows may know more than can still be read.
    const { projected, head: last } = progress;
    const { rss, heapUsed } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    return {
      now: this.now(),
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
      tableRows: this.traffic.tableRows,
      queues: this.queues.all(),
      sockets: this.live.counts,
      requestsUnderWay: this.traffic.underWay,
      eventLoopDelayMs: this.#delay.last,
      cpuSeconds: (user + system) / MICROSECONDS_A_SECOND,
      residentBytes: rss,
      heapBytes: heapUsed,
      uptimeS: Math.floor(process.uptime()),
    };
  }
}
