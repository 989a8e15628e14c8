import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { CentreModule } from '../centre/centre.module.ts';
import { ReadModelModule } from '../read-model/read-model.module.ts';
import { BatchCarrier } from './batch-carrier.ts';
import { ImportController } from './import.controller.ts';
import { Importer } from './importer.ts';
import { RowCarrier } from './row-carrier.ts';
import { RowJudge } from './row-judge.ts';

/** Carries strangers' tables in, through the same commands as every report. */
@Module({
  imports: [AccessModule, CentreModule, ReadModelModule],
  controllers: [ImportController],
  providers: [Importer, BatchCarrier, RowCarrier, RowJudge],
})
export class ImportModule {}
