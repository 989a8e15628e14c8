import { Module } from '@nestjs/common';
import { ReadModelModule } from '../read-model/read-model.module.ts';
import { LIMITS, LIVE_LIMITS } from './limits.ts';
import { LiveGateway } from './live.gateway.ts';

/** Pushes what the read model applied to every open dashboard. Imports no slice. */
@Module({
  imports: [ReadModelModule],
  providers: [LiveGateway, { provide: LIVE_LIMITS, useValue: LIMITS }],
  exports: [LiveGateway],
})
export class LiveModule {}
