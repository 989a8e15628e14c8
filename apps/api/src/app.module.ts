import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CeasefireModule } from './ceasefire/ceasefire.module.ts';
import { CentreModule } from './centre/centre.module.ts';
import { ChangesModule } from './changes/changes.module.ts';
import { DifferenceModule } from './difference/difference.module.ts';
import { ExerciseModule } from './exercise/exercise.module.ts';
import { ExportModule } from './export/export.module.ts';
import { HealthModule } from './health/health.module.ts';
import { OpenApiModule } from './http/openapi.module.ts';
import { ImportModule } from './import/import.module.ts';
import { LiveModule } from './live/live.module.ts';
import { EventLogModule } from './log/event-log.module.ts';
import { NodeModule, type NodeParts } from './node.module.ts';
import { ObservationModule } from './observation/observation.module.ts';
import { ReadModelModule } from './read-model/read-model.module.ts';
import { SituationModule } from './situation/situation.module.ts';
import { VerificationModule } from './verification/verification.module.ts';

/** The rooms of a node, one line each. */
@Module({})
export class AppModule {
  static of(parts: NodeParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        CqrsModule.forRoot(),
        NodeModule.of(parts),
        ReadModelModule,
        CentreModule,
        CeasefireModule,
        ObservationModule,
        SituationModule,
        DifferenceModule,
        ChangesModule,
        EventLogModule,
        VerificationModule,
        ExportModule,
        ImportModule,
        ExerciseModule,
        LiveModule,
        HealthModule,
        OpenApiModule,
      ],
    };
  }
}
