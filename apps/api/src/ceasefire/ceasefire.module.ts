import { Module } from '@nestjs/common';
import { CentreModule } from '../centre/centre.module.ts';
import { CEASEFIRE_COMMANDS } from './ceasefire.commands.ts';

@Module({ imports: [CentreModule], providers: [...CEASEFIRE_COMMANDS] })
export class CeasefireModule {}
