import { Controller, Get, Headers, Inject, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import type { z } from 'zod';
import { Access, OFFICER_HEADER } from '../access/access.ts';
import { CLOCK, type Clock } from '../clock.ts';
import { Answers } from '../http/answers.ts';
import { sendWithBytes } from '../http/encoded-part.ts';
import { whenGone } from '../http/gone.ts';
import { standingAnswer } from '../http/standing-schema.ts';
import { askedWindow, situationParameters } from './situation-query.ts';
import { AskStanding } from './standing.queries.ts';

/** The figures with all that they are summed from, for whoever plays the log on from a moment. */
@Controller('situation/standing')
export class StandingController {
  constructor(
    private readonly queries: QueryBus,
    private readonly access: Access,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Get()
  @Answers({
    summary:
      'The figures, and the versions in force that they are summed from: with the changes that follow they can be carried on.',
    answers: { 200: standingAnswer },
  })
  async ask(
    @Query({ schema: situationParameters }) asked: z.output<typeof situationParameters>,
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
