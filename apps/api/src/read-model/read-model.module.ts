import { Module } from '@nestjs/common';
import { EVENT_LOG, type EventLog } from '../event-log/event-log.ts';
import { CHANGES_QUERIES } from './changes.queries.ts';
import { ColumnsDesk } from './columns-desk.ts';
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
    {
      provide: ColumnsDesk,
      inject: [ReadModel, Projector],
      useFactory: (readModel: ReadModel, projector: Projector) =>
        new ColumnsDesk(readModel, projector),
    },
    ...CHANGES_QUERIES,
  ],
  exports: [ReadModel, Projector, ColumnsDesk],
})
export class ReadModelModule {}
