import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { ReadModelModule } from '../read-model/read-model.module.ts';
import { SituationController } from './situation.controller.ts';
import { SITUATION_QUERIES } from './situation.queries.ts';

@Module({
  imports: [AccessModule, ReadModelModule],
  controllers: [SituationController],
  providers: [...SITUATION_QUERIES],
})
export class SituationModule {}
