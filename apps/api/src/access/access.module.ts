import { Module } from '@nestjs/common';
import { ReadModelModule } from '../read-model/read-model.module.ts';
import { Access } from './access.ts';
import { ReadAudit } from './read-audit.ts';
import { ReadsController } from './reads.controller.ts';

@Module({
  imports: [ReadModelModule],
  controllers: [ReadsController],
  providers: [Access, ReadAudit],
  exports: [Access, ReadAudit],
})
export class AccessModule {}
