import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { CentreModule } from '../centre/centre.module.ts';
import { ReadModelModule } from '../read-model/read-model.module.ts';
import { ExportController } from './export.controller.ts';
import { RecordJudgedHandler } from './judged-observations.commands.ts';
import { OBSERVATION_COMMANDS } from './observation.commands.ts';
import { ObservationController } from './observation.controller.ts';
import { OBSERVATION_QUERIES } from './observation.queries.ts';
import { ShortNumbers } from './short-numbers.ts';

@Module({
  imports: [AccessModule, CentreModule, ReadModelModule],
  controllers: [ObservationController, ExportController],
  providers: [ShortNumbers, ...OBSERVATION_COMMANDS, RecordJudgedHandler, ...OBSERVATION_QUERIES],
})
export class ObservationModule {}
