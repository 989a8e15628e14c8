import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { ObservationFilter } from '@ceasewatch/domain/situation/situation';
import type { Response } from 'express';
import type { z } from 'zod';
import { Access, OFFICER_HEADER } from '../access/access.ts';
import { ReadAudit } from '../access/read-audit.ts';
import { RunningExports } from '../access/running-exports.ts';
import { Answers } from '../http/answers.ts';
import { roomIn } from '../http/room-in.ts';
import { CSV, type ExportFormat, GEOJSON, NDJSON } from './observation-export.ts';
import { exportQuery } from './observation-query.ts';
import { ExportObservations } from './observation.queries.ts';

type Asked = z.output<typeof exportQuery>;

/** Any filtered list as a file, streamed row by row. */
@Controller()
export class ExportController {
  constructor(
    private readonly queries: QueryBus,
    private readonly access: Access,
    private readonly audit: ReadAudit,
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
    asked: Asked,
    officer: string | undefined,
    response: Response,
    format: ExportFormat,
    extension: string,
  ): Promise<void> {
    const [moment, filter] = await this.access.moment(officer, asked);
    const { viewer, asOf, occurredUntil } = moment;
    const what = `observations.${extension}${told(filter)}`;
    this.audit.record(viewer, { kind: 'export', what, asOf, occurredUntil });
    await this.running.one(async () => {
      const { facts, rows } = await this.queries.execute(new ExportObservations(moment, filter));
      response.setHeader('Content-Type', format.type);
      const name = `ceasewatch-observations-${facts.asOf.seq}.${extension}`;
      response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
      let piece = format.head(facts, encoded(filter));
      let written = 0;
      for await (const row of rows) {
        if (response.destroyed) return;
        piece += format.row(row, written === 0);
        written += 1;
        if (piece.length < PIECE_CHARS) continue;
        // Whoever reads slowly holds up this export only: the next rows are not read before these went.
        if (!response.write(piece)) await roomIn(response);
        piece = '';
      }
      response.end(piece + format.tail(written));
    });
  }
}

/** As it is asked of the api: no character of it ends a cell or a line. */
function encoded(filter: ObservationFilter): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) search.set(name, String(value));
  if (filter.bbox !== undefined) search.set('bbox', filter.bbox.map((each) => each / MICRO).join());
  return search.toString();
}

/** Degrees in a query, whole 1e-6 degrees in a filter. */
const MICRO = 1_000_000;

/** Written at once: small enough to hold, large enough not to pay for each row. */
const PIECE_CHARS = 32 * 1024;

/** The filter as it is recorded: who looked for a person must not write his name down for ever. */
function told(filter: object): string {
  const asked = Object.entries(filter).map(
    ([name, value]) => `${name}=${name === 'q' ? '…' : value}`,
  );
  return asked.length === 0 ? '' : `?${asked.join('&')}`;
}
