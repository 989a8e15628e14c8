import { Module } from '@nestjs/common';
import { EVENT_LOG, type EventLog } from '../event-log/event-log.ts';
import { Projector } from './projector.ts';
import { ReadModel, type ReadModelSettings } from './read-model.ts';

/** What the node says about its read model: the folder, and the projections of its slices. */
export const READ_MODEL_SETTINGS = Symbol('read model settings');

/** This node's own rows. Which projections fill them is said by the node, for it knows the slices. */
@Module({
  providers: [
    {
      provide: ReadModel,
      inject: [READ_MODEL_SETTINGS],
      useFactory: (settings: ReadModelSettings) => new ReadModel(settings),
    },
    {
      provide: Projector,
      inject: [EVENT_LOG, ReadModel],
      useFactory: (log: EventLog, readModel: ReadModel) => new Projector(log, readModel),
    },
  ],
  exports: [ReadModel, Projector],
})
export class ReadModelModule {}
