import { Controller, Get, Headers, Inject, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import type { z } from 'zod';
import { Access, OFFICER_HEADER } from '../access/access.ts';
import { ReadAudit } from '../access/read-audit.ts';
import { CLOCK, type Clock } from '../clock.ts';
import type { HindsightAnswer } from '../contract/hindsight.ts';
import { Answers } from '../http/answers.ts';
import { whenGone } from '../http/gone.ts';
import { hindsightAnswer } from '../http/hindsight-schema.ts';
import { AskHindsight } from './hindsight.queries.ts';
import { askedWindow, situationParameters } from './situation-query.ts';

/** What was known at the time, against what is known now of it; and how late reports come. */
@Controller('hindsight')
export class HindsightController {
  constructor(
    private readonly queries: QueryBus,
    private readonly access: Access,
    private readonly audit: ReadAudit,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Get()
  @Answers({
    summary:
      'For each hour or day of a window what was known at its end and what is known now of it, and how soon reports were recorded, by contingent and unit.',
    answers: { 200: hindsightAnswer },
  })
  async ask(
    @Query({ schema: situationParameters }) asked: z.output<typeof situationParameters>,
    @Headers(OFFICER_HEADER) officer: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<HindsightAnswer> {
    const signal = whenGone(response);
    const [moment, rest] = await this.access.moment(officer, asked);
    const question = new AskHindsight(moment, askedWindow(rest), this.now(), signal);
    const answer = await this.queries.execute(question);
    const { viewer, asOf, occurredUntil } = moment;
    // What was known at the end of each hour or day is the past, also where it is asked from the present.
    this.audit.note(viewer, { kind: 'replay', what: 'hindsight', asOf, occurredUntil });
    return answer;
  }
}
