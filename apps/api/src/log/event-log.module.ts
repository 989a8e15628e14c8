import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { ReadModelModule } from '../read-model/read-model.module.ts';
import { EventFinder } from './event-finder.ts';
import { EventLogController } from './event-log.controller.ts';
import { EventRelationsFinder } from './event-relations.ts';
import { LogConditionController } from './log-condition.controller.ts';
import { LogMomentsController } from './log-moments.controller.ts';
import { LOG_MOMENTS_QUERIES } from './log-moments.queries.ts';

@Module({
  imports: [AccessModule, ReadModelModule],
  controllers: [EventLogController, LogConditionController, LogMomentsController],
  providers: [EventFinder, EventRelationsFinder, ...LOG_MOMENTS_QUERIES],
})
export class EventLogModule {}
