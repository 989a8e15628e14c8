import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { ReadModelModule } from '../read-model/read-model.module.ts';
import { DifferenceController } from './difference.controller.ts';
import { DifferenceExportController } from './difference-export.controller.ts';
import { AskChangedObservationsHandler, AskDifferenceHandler } from './difference.queries.ts';
import { ExportDifferenceHandler } from './export-difference.queries.ts';

@Module({
  imports: [AccessModule, ReadModelModule],
  controllers: [DifferenceController, DifferenceExportController],
  providers: [AskDifferenceHandler, AskChangedObservationsHandler, ExportDifferenceHandler],
})
export class DifferenceModule {}
