import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { EventLogController } from './event-log.controller.ts';

@Module({ imports: [AccessModule], controllers: [EventLogController] })
export class EventLogModule {}
