import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import type { Response } from 'express';
import type { z } from 'zod';
import { Access, OFFICER_HEADER } from '../access/access.ts';
import { RunningExports } from '../access/running-exports.ts';
import { Answers } from '../http/answers.ts';
import { whenGone } from '../http/gone.ts';
import { begun, NDJSON, type RowFormat, sendRows } from '../http/row-file.ts';
import { filterAsRecorded } from '../http/told-filter.ts';
import { CSV, GEOJSON, toldOfList } from './observation-export.ts';
import { exportQuery } from './observation-query.ts';
import { ExportObservations } from './observation.queries.ts';

type Asked = z.output<typeof exportQuery>;

/** Any filtered list as a file, streamed row by row. */
@Controller()
export class ExportController {
  constructor(
    private readonly queries: QueryBus,
    private readonly access: Access,
    private readonly running: RunningExports,
  ) {}

  @Get('observations.csv')
  @Answers({
    summary:
      'The observations that pass a filter as CSV, with the as-of and the zone in comments before its header; no cell runs as a formula.',
    answers: { 200: 'text/csv' },
    problems: ['overloaded'],
  })
  csv(
    @Query({ schema: exportQuery }) asked: Asked,
    @Headers(OFFICER_HEADER) officer: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    return this.#stream(asked, officer, response, CSV, 'csv');
  }

  @Get('observations.geojson')
  @Answers({
    summary:
      'The observations that pass a filter as GeoJSON (RFC 7946), with the as-of and the zone as a member `ceasewatch`.',
    answers: { 200: 'application/geo+json' },
    problems: ['overloaded'],
  })
  geojson(
    @Query({ schema: exportQuery }) asked: Asked,
    @Headers(OFFICER_HEADER) officer: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    return this.#stream(asked, officer, response, GEOJSON, 'geojson');
  }

  @Get('observations.ndjson')
  @Answers({
    summary:
      'The observations that pass a filter, one JSON object a line, the first of which tells the as-of and the zone and the last how many rows there are.',
    answers: { 200: 'application/x-ndjson' },
    problems: ['overloaded'],
  })
  ndjson(
    @Query({ schema: exportQuery }) asked: Asked,
    @Headers(OFFICER_HEADER) officer: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    return this.#stream(asked, officer, response, NDJSON, 'ndjson');
  }

  async #stream(
    query: Asked,
    officer: string | undefined,
    response: Response,
    format: RowFormat<ObservationRow>,
    extension: string,
  ): Promise<void> {
    const signal = whenGone(response);
    const [moment, filter] = await this.access.moment(officer, query);
    const { viewer, asOf, occurredUntil } = moment;
    const recorded = filterAsRecorded(filter);
    const asked = recorded.length === 0 ? '' : `?${recorded.join('&')}`;
    const what = `observations.${extension}${asked}`;
    const find = async () => {
      const question = new ExportObservations(moment, filter, signal);
      const { facts, rows } = await this.queries.execute(question);
      return { facts, rows: await begun(rows) };
    };
    await this.running.one(viewer, { what, asOf, occurredUntil }, find, async ({ facts, rows }) => {
      const name = `ceasewatch-observations-${facts.asOf.seq}.${extension}`;
      await sendRows(response, name, format, { told: toldOfList(facts, filter), rows });
    });
  }
}
