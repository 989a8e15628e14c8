import { Controller, Get, Headers, Inject, Query } from '@nestjs/common';
import { Access, OFFICER_HEADER } from '../access/access.ts';
import { CLOCK, type Clock } from '../clock.ts';
import type { LogAnswer } from '../contract/log.ts';
import { EVENT_LOG, type EventLog } from '../event-log/event-log.ts';
import { logAnswer } from '../http/answer-schemas.ts';
import { Answers } from '../http/answers.ts';
import { noParameters } from '../http/query-parameters.ts';

/** Which log this is and how its store is, with everything in its streams that is no event of it. */
@Controller('log')
export class LogConditionController {
  constructor(
    @Inject(EVENT_LOG) private readonly eventLog: EventLog,
    @Inject(CLOCK) private readonly now: Clock,
    private readonly access: Access,
  ) {}

  @Get()
  @Answers({
    summary: 'Which log this is, how its store is, and what could not be read in it.',
    answers: { 200: logAnswer },
  })
  async tell(
    @Query({ schema: noParameters }) _none: object,
    @Headers(OFFICER_HEADER) officer: string | undefined,
  ): Promise<LogAnswer> {
    await this.access.viewer(officer);
    const { seq, logId, exercise } = this.eventLog.head();
    const { store, forMs, damage, unreadable = [] } = this.eventLog.condition();
    return {
      asOf: seq,
      log: logId,
      exercise,
      store: {
        kind: this.eventLog.traits.store,
        state: store,
        since: new Date(this.now() - forMs).toISOString(),
        ...(damage === undefined ? {} : { damage }),
      },
      unreadable,
    };
  }
}
