import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CentreModule } from '../centre/centre.module.ts';
import { ExerciseRunner } from './exercise.runner.ts';

/** Simulated observers. Idle in a real log: nobody opens it there. */
@Module({
  imports: [CqrsModule, CentreModule],
  providers: [ExerciseRunner],
  exports: [ExerciseRunner],
})
export class ExerciseModule {}
