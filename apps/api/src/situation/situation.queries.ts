import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Viewer } from '@ceasewatch/domain/access/viewer';
import { HOUR_MS, formatInstant, parseInstant } from '@ceasewatch/domain/measure/instant';
import type { SituationQuery } from '@ceasewatch/domain/situation/situation';
import { reportingUnitsAsOf, sectorsAsOf } from '../centre/gazetteer.queries.ts';
import type { SituationAnswer } from '../contract.ts';
import { lastFireItem, lastReportOf } from '../observation/last-reports.queries.ts';
import { textCondition, textHits } from '../observation/text-search.queries.ts';
import { type AsOf, resolveAsOf } from '../read-model/as-of.ts';
import { ColumnsDesk } from '../read-model/columns-desk.ts';
import { Projector } from '../read-model/projector.ts';
import { ReadModel } from '../read-model/read-model.ts';

/** A unit that had nothing recorded for this long before `at` is shown as silent. */
export const SILENT_HOURS = 24;

/** The dashboard's figures for a window, a filter and a zone, as of any event. */
export class AskSituation extends Query<SituationAnswer> {
  constructor(
    readonly viewer: Viewer,
    readonly query: SituationQuery,
    readonly asOf?: AsOf,
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

  async execute({ viewer, query, asOf, signal }: AskSituation): Promise<SituationAnswer> {
    const { projected } = this.projector;
    const at = parseInstant(query.at, 'at').ms;
    const { seq, sectors, hits, rest } = this.readModel.read((db) => {
      const seq = resolveAsOf(db, projected, asOf);
      const silentSince = formatInstant(at - SILENT_HOURS * HOUR_MS);
      // What was recorded after `at` breaks no silence before it.
      const recorded = Math.min(seq, resolveAsOf(db, projected, query.at));
      const units = reportingUnitsAsOf(db, seq, formatInstant(at)).map((each) => ({
        ...each,
        lastReport: lastReportOf(db, each.unit, recorded),
      }));
      return {
        seq,
        sectors: sectorsAsOf(db, seq),
        hits: textHits(textCondition(db, viewer, query.filter, seq), seq),
        rest: {
          lastFireItem: lastFireItem(db, seq, at),
          silentUnits: units
            .filter(({ openedAt, lastReport }) => (lastReport ?? openedAt) < silentSince)
            .map(({ unit, lastReport }) => ({ unit, lastReport })),
        },
      };
    });
    const situation = await this.columns.situation(query, sectors, seq, hits, signal);
    return { situation, ...rest };
  }
}

export const SITUATION_QUERIES = [AskSituationHandler];
