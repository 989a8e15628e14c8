import { Module } from '@nestjs/common';
import { ReadModelModule } from '../read-model/read-model.module.ts';
import { Access } from './access.ts';

@Module({ imports: [ReadModelModule], providers: [Access], exports: [Access] })
export class AccessModule {}
