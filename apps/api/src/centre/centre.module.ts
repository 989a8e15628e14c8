import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { ReadModelModule } from '../read-model/read-model.module.ts';
import { CentreBook } from './centre-book.ts';
import { CENTRE_COMMANDS } from './centre.commands.ts';
import { CentreController } from './centre.controller.ts';
import { CENTRE_QUERIES } from './centre.queries.ts';

@Module({
  imports: [AccessModule, ReadModelModule],
  controllers: [CentreController],
  providers: [CentreBook, ...CENTRE_COMMANDS, ...CENTRE_QUERIES],
  exports: [CentreBook],
})
export class CentreModule {}
