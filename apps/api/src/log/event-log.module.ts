import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { ReadModelModule } from '../read-model/read-model.module.ts';
import { EventLogController } from './event-log.controller.ts';
import { LogConditionController } from './log-condition.controller.ts';

@Module({
  imports: [AccessModule, ReadModelModule],
  controllers: [EventLogController, LogConditionController],
})
export class EventLogModule {}
