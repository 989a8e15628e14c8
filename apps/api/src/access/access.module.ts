import { Module } from '@nestjs/common';
import { ReadModelModule } from '../read-model/read-model.module.ts';
import { Access } from './access.ts';
import { ReadAudit } from './read-audit.ts';
import { RunningExports } from './running-exports.ts';
import { ReadsController } from './reads.controller.ts';

@Module({
  imports: [ReadModelModule],
  controllers: [ReadsController],
  providers: [Access, ReadAudit, RunningExports],
  exports: [Access, ReadAudit, RunningExports],
})
export class AccessModule {}
