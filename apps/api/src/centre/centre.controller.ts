import { Controller, Get, Headers, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Access, OFFICER_HEADER } from '../access/access.ts';
import { momentParameters } from '../http/moment-parameters.ts';
import type { CentreAnswer } from '../contract/centre.ts';
import { centreAnswer } from '../http/answer-schemas.ts';
import { Answers } from '../http/answers.ts';
import { AskCentre } from './centre.queries.ts';

const centreParameters = z.strictObject(momentParameters);

/** The centre as it stands or stood: contingents, units, areas, officers, ceasefire. */
@Controller('centre')
export class CentreController {
  constructor(
    private readonly queries: QueryBus,
    private readonly access: Access,
  ) {}

  @Get()
  @Answers({ summary: 'The centre, now or as of an event.', answers: { 200: centreAnswer } })
  async ask(
    @Query({ schema: centreParameters }) query: z.output<typeof centreParameters>,
    @Headers(OFFICER_HEADER) officer: string | undefined,
  ): Promise<CentreAnswer> {
    return this.access.look(officer, query, (moment) =>
      this.queries.execute(new AskCentre(moment)),
    );
  }
}
