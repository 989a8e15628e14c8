import { Controller, Get, Headers, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Access, OFFICER_HEADER } from '../access/access.ts';
import type { LogMoments } from '../contract/log-moments.ts';
import { Answers } from '../http/answers.ts';
import { logMoments } from '../http/log-moments-schema.ts';
import { knownParameters } from '../http/moment-parameters.ts';
import { instant, integer } from '../http/query-parameters.ts';
import { AskLogMoments } from './log-moments.queries.ts';

const parameters = z.strictObject({
  from: instant
    .meta({
      description: 'Beginning of the stretch of recorded time; that of the log unless told.',
    })
    .optional(),
  to: instant
    .meta({ description: 'End of the stretch; the last event, or `asOf`, unless told.' })
    .optional(),
  parts: integer(1, 400)
    .meta({ description: 'Into how many equal parts it is cut; 1 unless told.' })
    .optional(),
  ...knownParameters,
});

/** Event numbers to instants and back, for whoever draws the log's life or plays it. */
@Controller('log/moments')
export class LogMomentsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly access: Access,
  ) {}

  @Get()
  @Answers({
    summary: 'The last event by each of evenly spaced instants of recorded time.',
    answers: { 200: logMoments },
  })
  async ask(
    @Query({ schema: parameters }) asked: z.output<typeof parameters>,
    @Headers(OFFICER_HEADER) officer: string | undefined,
  ): Promise<LogMoments> {
    return this.access.look(officer, asked, (moment, { parts = 1, ...ends }) =>
      this.queries.execute(new AskLogMoments(moment, { ...ends, parts })),
    );
  }
}
