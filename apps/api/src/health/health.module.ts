import { Module } from '@nestjs/common';
import { LiveModule } from '../live/live.module.ts';
import { ReadModelModule } from '../read-model/read-model.module.ts';
import { VerificationModule } from '../verification/verification.module.ts';
import { HealthController } from './health.controller.ts';
import { VitalSigns } from './vital-signs.ts';

@Module({
  imports: [LiveModule, ReadModelModule, VerificationModule],
  controllers: [HealthController],
  providers: [VitalSigns],
})
export class HealthModule {}
