import { Inject, Injectable } from '@nestjs/common';
import { ReadAudit } from '../access/read-audit.ts';
import { RunningExports } from '../access/running-exports.ts';
import { EVENT_LOG, type EventLog, LOG_LIMITS } from '../event-log/event-log.ts';
import type { Places } from '../http/places.ts';
import { Traffic } from '../http/traffic.ts';
import { LIVE_LIMITS, type LiveLimits } from '../live/limits.ts';
import { LiveGateway } from '../live/live.gateway.ts';
import { ColumnsDesk } from '../read-model/columns-desk.ts';
import { ReadModel } from '../read-model/read-model.ts';

/** Where something may have to wait or be refused, how much is there now, and how much there may be. */
export interface QueueDetail {
  readonly name: string;
  readonly length: number;
  readonly limit: number;
  /** How often somebody was told to come again since the start, where that is counted. */
  readonly refused?: number;
}

/** Every place of a node where work gathers. Each is bounded where it stands, with the reason; see docs/adr/0015-limits.md. */
@Injectable()
export class Queues {
  constructor(
    private readonly traffic: Traffic,
    @Inject(EVENT_LOG) private readonly eventLog: EventLog,
    private readonly readModel: ReadModel,
    private readonly columns: ColumnsDesk,
    private readonly exports: RunningExports,
    private readonly reads: ReadAudit,
    private readonly live: LiveGateway,
    @Inject(LIVE_LIMITS) private readonly liveLimits: LiveLimits,
  ) {}

  all(): readonly QueueDetail[] {
    const { room, tables } = this.traffic;
    const { waiting } = this.eventLog.condition();
    return [
      { name: 'commands_waiting', length: room.waiting, limit: room.places, refused: room.refused },
      { name: 'commands_begun', length: room.begun, limit: room.mostBegun },
      { name: 'appends', length: waiting, limit: LOG_LIMITS.mostWaiting },
      { name: 'questions_of_rows', ...this.readModel.waiting },
      { name: 'questions_of_figures', ...this.columns.waiting },
      { name: 'exports', ...held(this.exports.places) },
      { name: 'reads', ...this.reads.queue },
      { name: 'tables', ...held(tables) },
      {
        name: 'live_sockets',
        length: this.live.counts.connected,
        limit: this.liveLimits.sockets,
      },
    ];
  }
}

function held({ taken, most, refused }: Places): Omit<QueueDetail, 'name'> {
  return { length: taken, limit: most, refused };
}
