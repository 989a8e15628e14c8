import { Module } from '@nestjs/common';
import { ReadModelModule } from '../read-model/read-model.module.ts';
import { LiveGateway } from './live.gateway.ts';

/** Pushes what the read model applied to every open dashboard. Imports no slice. */
@Module({
  imports: [ReadModelModule],
  providers: [LiveGateway],
  exports: [LiveGateway],
})
export class LiveModule {}
