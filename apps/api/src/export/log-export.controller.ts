import { Controller, Get, Headers, Inject, Query, Res } from '@nestjs/common';
import { mayReadDisclosures } from '@ceasewatch/domain/access/viewer';
import { refuse } from '@ceasewatch/domain/refusal';
import type { Response } from 'express';
import { z } from 'zod';
import { Access, OFFICER_HEADER } from '../access/access.ts';
import { RunningExports } from '../access/running-exports.ts';
import { CLOCK, type Clock } from '../clock.ts';
import { EVENT_LOG, type EventLog } from '../event-log/event-log.ts';
import { Answers } from '../http/answers.ts';
import { knownParameters } from '../http/moment-parameters.ts';
import { sequence } from '../http/query-parameters.ts';
import { roomIn } from '../http/room-in.ts';
import { begun } from '../http/row-file.ts';
import { momentOf } from '../read-model/event-table.ts';
import { lastVouched } from '../read-model/last-vouched.ts';
import { Projector } from '../read-model/projector.ts';
import { READ_MODEL_SETTINGS } from '../read-model/read-model.module.ts';
import type { ReadModelSettings } from '../read-model/read-model.ts';
import type { LogExportRange } from './log-export.ts';
import { piecesOfLog } from './log-export-thread.ts';

const parameters = z.strictObject({
  from: sequence.meta({ description: 'Number of the first event; 0 unless told.' }).optional(),
  to: sequence
    .meta({
      description: 'Number of the last event; the last there is, or of `asOf`, unless told.',
    })
    .optional(),
  ...knownParameters,
});

/** The log, or a range of it, as a file that can be read and checked without this program. */
@Controller()
export class LogExportController {
  constructor(
    @Inject(EVENT_LOG) private readonly eventLog: EventLog,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(READ_MODEL_SETTINGS) private readonly settings: ReadModelSettings,
    private readonly projector: Projector,
    private readonly access: Access,
    private readonly running: RunningExports,
  ) {}

  @Get('log.ndjson')
  @Answers({
    summary:
      'A range of the log, one event a line as it was written, with the manifest, the schemas and the description that it takes to read and check it (docs/export-format.md).',
    answers: { 200: 'application/x-ndjson' },
    problems: ['overloaded'],
  })
  async export(
    @Query({ schema: parameters }) asked: z.output<typeof parameters>,
    @Headers(OFFICER_HEADER) officer: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const [{ viewer, asOf }, { from = 0, to: wanted }] = await this.access.moment(officer, asked);
    const last = lastVouched(this.eventLog, this.projector, asOf);
    const to = wanted ?? last;
    if (to > last) {
      const said = `must be a number of the log as of then, whose last is ${last}`;
      throw refuse('invalid', { field: 'to', reason: 'not_valid', params: { said } });
    }
    if (from > to) throw refuse('invalid', { field: 'from', reason: 'ends_before_it_begins' });
    const { readModel } = this.projector;
    const range: LogExportRange = {
      from,
      to,
      asOf: { seq: last, time: readModel.read((db) => momentOf(db, last)) },
      disclosures: mayReadDisclosures(viewer) ? 'shown' : 'withheld',
      exportedAt: new Date(this.now()).toISOString(),
      exportedBy: {
        officer: viewer.officer,
        contingent: viewer.contingent,
        authn: 'chosen',
      },
    };
    const what = `log.ndjson?from=${from}&to=${to}`;
    const { folder } = this.settings;
    const find = () => begun(piecesOfLog({ folder, range }));
    await this.running.one(viewer, { what, asOf }, find, async (pieces) => {
      response.setHeader('Content-Type', 'application/x-ndjson; charset=utf-8');
      const name = `ceasewatch-log-${from}-${to}.ndjson`;
      response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
      for await (const piece of pieces) {
        if (response.destroyed) return;
        // Whoever reads slowly holds up this export only: the next piece is not made before this one went.
        if (!response.write(piece)) await roomIn(response);
      }
      response.end();
    });
  }
}
