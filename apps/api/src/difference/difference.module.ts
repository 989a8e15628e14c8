import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { ReadModelModule } from '../read-model/read-model.module.ts';
import { DifferenceController } from './difference.controller.ts';
import { DIFFERENCE_QUERIES } from './difference.queries.ts';

@Module({
  imports: [AccessModule, ReadModelModule],
  controllers: [DifferenceController],
  providers: [...DIFFERENCE_QUERIES],
})
export class DifferenceModule {}
