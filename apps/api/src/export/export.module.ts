import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { ReadModelModule } from '../read-model/read-model.module.ts';
import { LogExportController } from './log-export.controller.ts';

@Module({
  imports: [AccessModule, ReadModelModule],
  controllers: [LogExportController],
})
export class ExportModule {}
