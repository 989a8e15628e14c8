import { Controller, Get, Headers, Inject, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import type { z } from 'zod';
import { Access, OFFICER_HEADER } from '../access/access.ts';
import { ReadAudit } from '../access/read-audit.ts';
import { CLOCK, type Clock } from '../clock.ts';
import type { DifferenceAnswer, ObservationDifferencePage } from '../contract/difference.ts';
import { Answers } from '../http/answers.ts';
import { differenceAnswer, observationDifferencePage } from '../http/difference-schemas.ts';
import { whenGone } from '../http/gone.ts';
import type { Moment } from '../read-model/as-of.ts';
import { askedChanges, changedParameters, differenceParameters } from './difference-query.ts';
import { AskChangedObservations, AskDifference } from './difference.queries.ts';

/** What differs between two moments of the log: figures, observations, the centre. */
@Controller('diff')
export class DifferenceController {
  constructor(
    private readonly queries: QueryBus,
    private readonly access: Access,
    private readonly audit: ReadAudit,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Get()
  @Answers({
    summary:
      'What differs between two moments, earlier to later: figures with the events that moved them, changes of the centre, and the first page of changed observations.',
    answers: { 200: differenceAnswer },
  })
  async ask(
    @Query({ schema: differenceParameters }) asked: z.output<typeof differenceParameters>,
    @Headers(OFFICER_HEADER) officer: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DifferenceAnswer> {
    const signal = whenGone(response);
    return this.access.look(officer, asked, async (moment, rest) => {
      const answer = await this.queries.execute(
        new AskDifference(moment, askedChanges(rest), this.now(), signal),
      );
      this.#looked(moment, answer);
      return answer;
    });
  }

  @Get('observations')
  @Answers({
    summary:
      'The observations that differ between two moments, page by page, of one change or moving one figure.',
    answers: { 200: observationDifferencePage },
  })
  async page(
    @Query({ schema: changedParameters }) asked: z.output<typeof changedParameters>,
    @Headers(OFFICER_HEADER) officer: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ObservationDifferencePage> {
    const signal = whenGone(response);
    return this.access.look(officer, asked, async (moment, rest) => {
      const answer = await this.queries.execute(
        new AskChangedObservations(moment, askedChanges(rest), this.now(), signal),
      );
      this.#looked(moment, answer);
      return answer;
    });
  }

  /** Two moments of the log were looked at, and what was told beside the observations of the page. */
  #looked(moment: Moment, { from, to, items }: ObservationDifferencePage): void {
    const what = `diff?from=${from.seq}&to=${to.seq}`;
    const { viewer, asOf, occurredUntil } = moment;
    this.audit.note(viewer, { kind: 'replay', what, asOf, occurredUntil });
    const told = items.flatMap(({ disclosed }) =>
      disclosed.flatMap(({ before, after }) => [before, after]),
    );
    this.audit.noteShown(moment, what, told);
  }
}
