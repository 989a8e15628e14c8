import { Controller, Get, Headers, Inject, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import type { z } from 'zod';
import { Access, OFFICER_HEADER } from '../access/access.ts';
import { RunningExports } from '../access/running-exports.ts';
import { CLOCK, type Clock } from '../clock.ts';
import type { ObservationDifference } from '../contract/difference.ts';
import { Answers } from '../http/answers.ts';
import { whenGone } from '../http/gone.ts';
import { begun, NDJSON, type RowFormat, sendRows } from '../http/row-file.ts';
import { filterAsRecorded } from '../http/told-filter.ts';
import { DIFFERENCE_CSV, toldOfDifference } from './difference-file.ts';
import { askedChanges, changedFileParameters } from './difference-query.ts';
import { ExportDifference } from './export-difference.queries.ts';

type Asked = z.output<typeof changedFileParameters>;

/** Any difference as a file, streamed row by row. */
@Controller('diff')
export class DifferenceExportController {
  constructor(
    private readonly queries: QueryBus,
    private readonly access: Access,
    private readonly running: RunningExports,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Get('observations.csv')
  @Answers({
    summary:
      'The observations that differ between two moments as CSV, as they stood and as they stand, with both moments and the zone in comments before its header; no cell runs as a formula.',
    answers: { 200: 'text/csv' },
    problems: ['overloaded'],
  })
  csv(
    @Query({ schema: changedFileParameters }) asked: Asked,
    @Headers(OFFICER_HEADER) officer: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    return this.#stream(asked, officer, response, DIFFERENCE_CSV, 'csv');
  }

  @Get('observations.ndjson')
  @Answers({
    summary:
      'The observations that differ between two moments, one JSON object a line, the first of which tells both moments and the zone and the last how many rows there are.',
    answers: { 200: 'application/x-ndjson' },
    problems: ['overloaded'],
  })
  ndjson(
    @Query({ schema: changedFileParameters }) asked: Asked,
    @Headers(OFFICER_HEADER) officer: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    return this.#stream(asked, officer, response, NDJSON, 'ndjson');
  }

  async #stream(
    asked: Asked,
    officer: string | undefined,
    response: Response,
    format: RowFormat<ObservationDifference>,
    extension: string,
  ): Promise<void> {
    const signal = whenGone(response);
    const [moment, rest] = await this.access.moment(officer, asked);
    const { viewer, asOf, occurredUntil } = moment;
    const recorded = filterAsRecorded(rest).join('&');
    const what = `diff/observations.${extension}?${recorded}`;
    const request = askedChanges(rest);
    const question = new ExportDifference(moment, request, this.now(), signal);
    const find = async () => {
      const { facts, rows } = await this.queries.execute(question);
      return { facts, rows: await begun(rows) };
    };
    await this.running.one(viewer, { what, asOf, occurredUntil }, find, async ({ facts, rows }) => {
      const name = `ceasewatch-difference-${facts.from.seq}-${facts.to.seq}.${extension}`;
      await sendRows(response, name, format, { told: toldOfDifference(facts, request), rows });
    });
  }
}
