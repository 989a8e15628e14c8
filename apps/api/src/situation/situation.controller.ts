import { Controller, Get, Headers, Inject, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import type { z } from 'zod';
import { Access, OFFICER_HEADER } from '../access/access.ts';
import { CLOCK, type Clock } from '../clock.ts';
import type { SituationAnswer } from '../contract/situation.ts';
import type { StatesAnswer } from '../contract/states.ts';
import { situationAnswer } from '../http/answer-schemas.ts';
import { Answers } from '../http/answers.ts';
import { whenGone } from '../http/gone.ts';
import { statesAnswer } from '../http/states-schema.ts';
import { askedWindow, situationParameters, statesParameters } from './situation-query.ts';
import { AskSituation } from './situation.queries.ts';
import { AskStates } from './states.queries.ts';

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

  /** For whoever plays the log. */
  @Get('states')
  @Answers({
    summary: 'The figures after each of some events, with the list of what was recorded last.',
    answers: { 200: statesAnswer },
  })
  async states(
    @Query({ schema: statesParameters }) asked: z.output<typeof statesParameters>,
    @Headers(OFFICER_HEADER) officer: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StatesAnswer> {
    const signal = whenGone(response);
    const { events, ...view } = asked;
    const [, rest] = await this.access.moment(officer, { ...view, asOf: events.at(-1) });
    return this.queries.execute(new AskStates(events, askedWindow(rest), signal));
  }
}
