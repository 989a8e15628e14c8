import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { ReadModelModule } from '../read-model/read-model.module.ts';
import { HindsightController } from './hindsight.controller.ts';
import { AskHindsightHandler } from './hindsight.queries.ts';
import { SituationController } from './situation.controller.ts';
import { SITUATION_QUERIES } from './situation.queries.ts';
import { AskStatesHandler } from './states.queries.ts';

@Module({
  imports: [AccessModule, ReadModelModule],
  controllers: [SituationController, HindsightController],
  providers: [...SITUATION_QUERIES, AskStatesHandler, AskHindsightHandler],
})
export class SituationModule {}
