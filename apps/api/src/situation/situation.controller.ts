import { Controller, Get, Headers, Inject, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Viewer } from '@ceasewatch/domain/access/viewer';
import { parseInstant } from '@ceasewatch/domain/measure/instant';
import type { Response } from 'express';
import type { z } from 'zod';
import { Access, OFFICER_HEADER } from '../access/access.ts';
import { AskCentre } from '../centre/centre.queries.ts';
import { CLOCK, type Clock } from '../clock.ts';
import type { SituationAnswer } from '../contract.ts';
import { situationAnswer } from '../http/answer-schemas.ts';
import { Answers } from '../http/answers.ts';
import { whenGone } from '../http/gone.ts';
import { split } from '../http/query-parameters.ts';
import { momentOf } from '../read-model/event-table.ts';
import { Projector } from '../read-model/projector.ts';
import { checkWindow, situationParameters, wholeMinute } from './situation-query.ts';
import { AskSituation } from './situation.queries.ts';

type Asked = z.output<typeof situationParameters>;

/** The dashboard's figures, now or as they were. */
@Controller('situation')
export class SituationController {
  constructor(
    private readonly queries: QueryBus,
    private readonly access: Access,
    private readonly projector: Projector,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Get()
  @Answers({
    summary: 'The figures of the situation for a window, a filter and a zone.',
    answers: { 200: situationAnswer },
  })
  async ask(
    @Query({ schema: situationParameters }) asked: Asked,
    @Headers(OFFICER_HEADER) officer: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SituationAnswer> {
    const signal = whenGone(response);
    const viewer = await this.access.viewer(officer);
    const [view, filter] = split(asked, ['at', 'window', 'from', 'zone', 'asOf']);
    const { asOf, ...window } = view;
    const at = window.at ?? wholeMinute(await this.#momentOf(asOf));
    const zone = window.zone ?? (await this.#centreZone(viewer));
    const query = { ...window, at, zone, filter };
    checkWindow(query);
    return this.queries.execute(new AskSituation(viewer, query, asOf, signal));
  }

  /** As of an event, the windows end when it was recorded, unless they are told to end elsewhere. */
  async #momentOf(asOf: Asked['asOf']): Promise<number> {
    if (asOf === undefined) return this.now();
    if (typeof asOf === 'string') return parseInstant(asOf).ms;
    const { projected, readModel } = this.projector;
    if (asOf > projected) return this.now();
    return parseInstant(readModel.read((db) => momentOf(db, asOf))).ms;
  }

  async #centreZone(viewer: Viewer): Promise<string> {
    const { zone } = await this.queries.execute(new AskCentre(viewer));
    return zone;
  }
}
