import { type DynamicModule, Global, Module } from '@nestjs/common';
import { CLOCK, type Clock } from './clock.ts';
import { CommandDesk } from './event-log/command-desk.ts';
import { EVENT_LOG, type EventLog } from './event-log/event-log.ts';
import { LOOPBACK_ONLY } from './http/doorkeeper.ts';
import { Traffic } from './http/traffic.ts';
import { LIVE_LIMITS, type LiveLimits } from './live/limits.ts';
import { READ_MODEL_SETTINGS } from './read-model/read-model.module.ts';
import type { ReadModelSettings } from './read-model/read-model.ts';

/** What exists before Nest does and is one for every room: the open log, its desk, the clock. */
export interface NodeParts {
  readonly eventLog: EventLog;
  readonly desk: CommandDesk;
  readonly now: Clock;
  readonly readModel: ReadModelSettings;
  /** Bound to this machine only, so that only loopback names can be meant by a request. */
  readonly loopback: boolean;
  readonly liveLimits: LiveLimits;
  readonly traffic: Traffic;
}

@Global()
@Module({})
export class NodeModule {
  static of({
    eventLog,
    desk,
    now,
    readModel,
    loopback,
    liveLimits,
    traffic,
  }: NodeParts): DynamicModule {
    return {
      module: NodeModule,
      providers: [
        { provide: EVENT_LOG, useValue: eventLog },
        { provide: CommandDesk, useValue: desk },
        { provide: CLOCK, useValue: now },
        { provide: READ_MODEL_SETTINGS, useValue: readModel },
        { provide: LOOPBACK_ONLY, useValue: loopback },
        { provide: LIVE_LIMITS, useValue: liveLimits },
        { provide: Traffic, useValue: traffic },
      ],
      exports: [
        EVENT_LOG,
        CommandDesk,
        CLOCK,
        READ_MODEL_SETTINGS,
        LOOPBACK_ONLY,
        LIVE_LIMITS,
        Traffic,
      ],
    };
  }
}
