import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import { z } from 'zod';
import { Access, OFFICER_HEADER } from '../access/access.ts';
import { knownParameters } from '../http/moment-parameters.ts';
import { changesAnswer } from '../http/answer-schemas.ts';
import { Answers } from '../http/answers.ts';
import { sendWithBytes } from '../http/encoded-part.ts';
import { after, integer } from '../http/query-parameters.ts';
import { AskChanges } from '../read-model/changes.queries.ts';

const changesParameters = z.strictObject({
  after: after.meta({ description: 'The last event already applied; -1 for the start.' }),
  limit: integer(1, 500).optional(),
  ...knownParameters,
});
/** Some 600 KB: read in a millisecond or two, and small enough for a slow line. */
const MOST_EVENTS = 500;

/** What a live client reads to catch up: the same changes that the frames carry. */
@Controller('changes')
export class ChangesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly access: Access,
  ) {}

  @Get()
  @Answers({
    summary:
      'What every event after `after` changed, in order; as of an event, what every one up to it did.',
    answers: { 200: changesAnswer },
  })
  async ask(
    @Query({ schema: changesParameters }) query: z.output<typeof changesParameters>,
    @Headers(OFFICER_HEADER) officer: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const { changes, ...position } = await this.access.look(
      officer,
      query,
      (moment, { after, limit = MOST_EVENTS }) =>
        this.queries.execute(new AskChanges(moment, after, limit)),
    );
    // Everybody who asks for this page is sent the same bytes.
    sendWithBytes(response, position, 'changes', changes);
  }
}
