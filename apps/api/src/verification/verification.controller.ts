import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { refuse } from '@ceasewatch/domain/refusal';
import { z } from 'zod';
import { Access, OFFICER_HEADER } from '../access/access.ts';
import { ReadAudit } from '../access/read-audit.ts';
import type { VerificationAnswer, VerificationsAnswer } from '../contract/verification.ts';
import { Answers } from '../http/answers.ts';
import { noParameters } from '../http/query-parameters.ts';
import { verificationAnswer, verificationsAnswer } from '../http/verification-schemas.ts';
import { VerificationDesk } from './verification-desk.ts';

/** The auditor's walk over this node's log, begun from a screen. */
const verificationRequest = z
  .strictObject({
    from: z
      .int()
      .nonnegative()
      .max(1e15)
      .meta({ description: 'The first event that is verified; 0 unless told.' })
      .optional(),
    expected: z
      .string()
      .max(100)
      .regex(
        /^(?:0|[1-9]\d{0,14}):(?:[A-Za-z0-9+/_-]{43}=?|[0-9a-fA-F]{64})$/,
        'must be NUMBER:CHAIN, as the head of a log is printed',
      )
      .meta({ description: 'A head that was kept: NUMBER:CHAIN.' })
      .optional(),
  })
  .meta({ id: 'VerificationRequest' });

@Controller('verifications')
export class VerificationController {
  constructor(
    private readonly desk: VerificationDesk,
    private readonly access: Access,
    private readonly audit: ReadAudit,
  ) {}

  @Post()
  @HttpCode(202)
  @Answers({
    summary:
      'Begins to verify the log from its first event, or tells of the run that is under way.',
    answers: { 202: verificationAnswer },
    problems: ['malformed_json', 'unsupported_media_type', 'too_large'],
  })
  async begin(
    @Body({ schema: verificationRequest }) asked: z.output<typeof verificationRequest>,
    @Headers(OFFICER_HEADER) officer: string | undefined,
  ): Promise<VerificationAnswer> {
    const viewer = await this.access.viewer(officer);
    this.audit.record(viewer, { kind: 'verification', what: `events from ${asked.from ?? 0}` });
    return this.desk.begin({
      officer: viewer.officer,
      from: asked.from ?? 0,
      expected: asked.expected,
    });
  }

  @Get()
  @Answers({
    summary: 'The verification that runs and those before it, newest first.',
    answers: { 200: verificationsAnswer },
  })
  async all(
    @Query({ schema: noParameters }) _none: object,
    @Headers(OFFICER_HEADER) officer: string | undefined,
  ): Promise<VerificationsAnswer> {
    await this.access.viewer(officer);
    return { items: this.desk.all() };
  }

  @Get(':id')
  @Answers({
    summary: 'One verification: how far it is, or what came out.',
    answers: { 200: verificationAnswer },
    problems: ['not_found'],
  })
  async find(
    @Param('id') id: string,
    @Query({ schema: noParameters }) _none: object,
    @Headers(OFFICER_HEADER) officer: string | undefined,
  ): Promise<VerificationAnswer> {
    await this.access.viewer(officer);
    const found = this.desk.find(id);
    if (found === undefined)
      throw refuse('not_found', { field: 'id', reason: 'no_such_verification' });
    return found;
  }
}
