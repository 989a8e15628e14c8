import { Controller, Get, Headers, Inject, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import type { z } from 'zod';
import { Access, OFFICER_HEADER } from '../access/access.ts';
import { CLOCK, type Clock } from '../clock.ts';
import type { SituationAnswer } from '../contract/situation.ts';
import { situationAnswer } from '../http/answer-schemas.ts';
import { Answers } from '../http/answers.ts';
import { sendWithBytes } from '../http/encoded-part.ts';
import { whenGone } from '../http/gone.ts';
import { standingAnswer } from '../http/standing-schema.ts';
import { askedWindow, situationParameters, standingParameters } from './situation-query.ts';
import { AskSituation } from './situation.queries.ts';
import { AskStanding } from './standing.queries.ts';

/** The dashboard's figures, now or as they were. */
@Controller('situation')
export class SituationController {
  constructor(
    private readonly queries: QueryBus,
    private readonly access: Access,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Get()
  @Answers({
    summary: 'The figures of the situation for a window, a filter and a zone.',
    answers: { 200: situationAnswer },
  })
  async ask(
    @Query({ schema: situationParameters }) asked: z.output<typeof situationParameters>,
    @Headers(OFFICER_HEADER) officer: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SituationAnswer> {
    const signal = whenGone(response);
    const [moment, rest] = await this.access.moment(officer, asked);
    return this.queries.execute(new AskSituation(moment, askedWindow(rest), this.now(), signal));
  }

  /** For whoever plays the log on from a moment. */
  @Get('standing')
  @Answers({
    summary:
      'The figures, and the versions in force that they are summed from: with the changes that follow they can be carried on.',
    answers: { 200: standingAnswer },
  })
  async standing(
    @Query({ schema: standingParameters }) asked: z.output<typeof standingParameters>,
    @Headers(OFFICER_HEADER) officer: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const signal = whenGone(response);
    const [moment, rest] = await this.access.moment(officer, asked);
    const question = new AskStanding(moment, askedWindow(rest), this.now(), signal);
    const { versions, ...told } = await this.queries.execute(question);
    sendWithBytes(response, told, 'versions', versions);
  }
}
