import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { ReadModelModule } from '../read-model/read-model.module.ts';
import { ChangesController } from './changes.controller.ts';

@Module({ imports: [AccessModule, ReadModelModule], controllers: [ChangesController] })
export class ChangesModule {}
