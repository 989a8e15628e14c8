import { Controller, Get, Headers, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Access, OFFICER_HEADER } from '../access/access.ts';
import type { CentreAnswer } from '../contract.ts';
import { centreAnswer } from '../http/answer-schemas.ts';
import { Answers } from '../http/answers.ts';
import { asOf } from '../http/query-parameters.ts';
import { AskCentre } from './centre.queries.ts';

const centreParameters = z.strictObject({ asOf: asOf.optional() });

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
    return this.queries.execute(new AskCentre(await this.access.viewer(officer), query.asOf));
  }
}
