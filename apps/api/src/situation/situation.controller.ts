import { Controller, Get, Headers, Inject, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import type { z } from 'zod';
import { Access, OFFICER_HEADER } from '../access/access.ts';
import { ReadAudit } from '../access/read-audit.ts';
import { CLOCK, type Clock } from '../clock.ts';
import type { SituationAnswer } from '../contract/situation.ts';
import type { StatesAnswer } from '../contract/states.ts';
import { situationAnswer } from '../http/answer-schemas.ts';
import { Answers } from '../http/answers.ts';
import { whenGone } from '../http/gone.ts';
import { split } from '../http/query-parameters.ts';
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
    private readonly audit: ReadAudit,
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
    return this.access.look(officer, asked, (moment, rest) =>
      this.queries.execute(new AskSituation(moment, askedWindow(rest), this.now(), signal)),
    );
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
    const viewer = await this.access.viewer(officer);
    const [{ events }, view] = split(asked, ['events']);
    const answer = await this.queries.execute(new AskStates(events, askedWindow(view), signal));
    const [asOf, asOfLast] = [events[0], events.at(-1)];
    this.audit.note(viewer, { kind: 'replay', what: 'the log', asOf, asOfLast });
    return answer;
  }
}
