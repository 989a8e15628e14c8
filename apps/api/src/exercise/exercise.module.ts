import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ExerciseRunner } from './exercise.runner.ts';

/** Simulated observers. Idle in a real log: nobody opens it there. */
@Module({ imports: [CqrsModule], providers: [ExerciseRunner], exports: [ExerciseRunner] })
export class ExerciseModule {}
