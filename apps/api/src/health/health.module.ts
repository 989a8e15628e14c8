import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { LiveModule } from '../live/live.module.ts';
import { ReadModelModule } from '../read-model/read-model.module.ts';
import { VerificationModule } from '../verification/verification.module.ts';
import { AlarmWatch } from './alarm-watch.ts';
import { HealthController } from './health.controller.ts';
import { Queues } from './queues.ts';
import { VitalSigns } from './vital-signs.ts';

@Module({
  imports: [AccessModule, LiveModule, ReadModelModule, VerificationModule],
  controllers: [HealthController],
  providers: [VitalSigns, Queues, AlarmWatch],
})
export class HealthModule {}
