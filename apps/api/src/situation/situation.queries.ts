import type { DatabaseSync } from 'node:sqlite';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { parseInstant } from '@ceasewatch/domain/measure/instant';
import { silentUnits } from '@ceasewatch/domain/situation/silent-units';
import type { SituationQuery } from '@ceasewatch/domain/situation/situation';
import { sectorsAsOf, unitsThatReport } from '../centre/gazetteer.queries.ts';
import type { SituationAnswer } from '../contract/situation.ts';
import { lastFireItem, lastReportOf } from '../observation/last-reports.queries.ts';
import { type Moment, resolveAsOf } from '../read-model/as-of.ts';
import { ColumnsDesk } from '../read-model/columns-desk.ts';
import { Projector } from '../read-model/projector.ts';
import { ReadModel } from '../read-model/read-model.ts';
import { type AskedWindow, questionOf } from './asked-window.queries.ts';

/** The dashboard's figures for a window, a filter and a zone, as of any event. */
export class AskSituation extends Query<SituationAnswer> {
  constructor(
    readonly moment: Moment,
    readonly asked: AskedWindow,
    /** The present, milliseconds since 1970. */
    readonly now: number,
    /** Aborted when nobody waits for the figures any more. */
    readonly signal?: AbortSignal,
  ) {
    super();
  }
}

@QueryHandler(AskSituation)
export class AskSituationHandler implements IQueryHandler<AskSituation> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly projector: Projector,
    private readonly columns: ColumnsDesk,
  ) {}

  async execute({ moment, asked, now, signal }: AskSituation): Promise<SituationAnswer> {
    const { projected } = this.projector;
    const { query, seq, sectors, text, rest } = this.readModel.read((db) => {
      const question = questionOf(db, moment, asked, projected, now);
      const { query, seq } = question;
      return {
        ...question,
        sectors: sectorsAsOf(db, seq),
        rest: besideFigures(db, query, seq, projected),
      };
    });
    const situation = await this.columns.situation(query, sectors, seq, text, signal);
    return { situation, ...rest };
  }
}

/** What the dashboard tells beside its figures, and subtraction cannot undo. */
export function besideFigures(
  db: DatabaseSync,
  query: SituationQuery,
  seq: number,
  projected: number,
): Pick<SituationAnswer, 'lastFireItem' | 'silentUnits'> {
  const { occurredUntil } = query;
  const at = parseInstant(query.at, 'at').ms;
  // What was recorded after `at` breaks no silence before it.
  const recorded = Math.min(seq, resolveAsOf(db, projected, query.at));
  const units = unitsThatReport(db, seq).map((each) => ({
    ...each,
    lastReport: lastReportOf(db, each.unit, recorded),
  }));
  const until = occurredUntil === undefined ? at : Math.min(at, parseInstant(occurredUntil).ms);
  return {
    lastFireItem: lastFireItem(db, seq, until),
    silentUnits: silentUnits(units, query.at),
  };
}

export const SITUATION_QUERIES = [AskSituationHandler];
