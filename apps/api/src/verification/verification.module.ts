import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { ReadModelModule } from '../read-model/read-model.module.ts';
import { OwnVerification } from './own-verification.ts';
import { VerificationController } from './verification.controller.ts';
import { VerificationDesk } from './verification-desk.ts';

@Module({
  imports: [AccessModule, ReadModelModule],
  controllers: [VerificationController],
  providers: [VerificationDesk, OwnVerification],
  exports: [VerificationDesk],
})
export class VerificationModule {}
