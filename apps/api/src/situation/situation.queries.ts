import type { DatabaseSync } from 'node:sqlite';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { HOUR_MS, formatInstant, parseInstant } from '@ceasewatch/domain/measure/instant';
import type { SituationQuery } from '@ceasewatch/domain/situation/situation';
import { reportingUnitsAsOf, sectorsAsOf, zoneAsOf } from '../centre/gazetteer.queries.ts';
import type { SituationAnswer } from '../contract/situation.ts';
import { lastFireItem, lastReportOf } from '../observation/last-reports.queries.ts';
import { textCondition, textHits } from '../observation/text-search.queries.ts';
import { type AsOf, type Moment, resolveAsOf } from '../read-model/as-of.ts';
import { ColumnsDesk } from '../read-model/columns-desk.ts';
import { momentOf } from '../read-model/event-table.ts';
import { Projector } from '../read-model/projector.ts';
import { ReadModel } from '../read-model/read-model.ts';
import { checkWindow, endOfWindows } from './situation-query.ts';

/** A unit that had nothing recorded for this long before `at` is shown as silent. */
export const SILENT_HOURS = 24;

/** Which windows are asked for: where they end and the zone follow from the moment unless told. */
export type AskedWindow = Omit<SituationQuery, 'at' | 'zone' | 'occurredUntil'> &
  Partial<Pick<SituationQuery, 'at' | 'zone'>>;

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
    const { viewer, asOf, occurredUntil } = moment;
    const { query, seq, sectors, hits, rest } = this.readModel.read((db) => {
      const seq = resolveAsOf(db, projected, asOf);
      const query = situationQuery(db, asked, seq, momentMs(db, asOf, now), occurredUntil);
      const at = parseInstant(query.at, 'at').ms;
      const silentSince = formatInstant(at - SILENT_HOURS * HOUR_MS);
      // What was recorded after `at` breaks no silence before it.
      const recorded = Math.min(seq, resolveAsOf(db, projected, query.at));
      const units = reportingUnitsAsOf(db, seq, formatInstant(at)).map((each) => ({
        ...each,
        lastReport: lastReportOf(db, each.unit, recorded),
      }));
      const until = occurredUntil === undefined ? at : Math.min(at, parseInstant(occurredUntil).ms);
      return {
        query,
        seq,
        sectors: sectorsAsOf(db, seq),
        hits: textHits(textCondition(db, viewer, query.filter, seq), seq),
        rest: {
          lastFireItem: lastFireItem(db, seq, until),
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

/**
 * What is asked for with nothing left open.
 *
 * @param ms the moment that the answer speaks of, milliseconds since 1970
 * @throws Refusal invalid: the windows end before they begin, or in no year that is told of
 */
export function situationQuery(
  db: DatabaseSync,
  asked: AskedWindow,
  seq: number,
  ms: number,
  occurredUntil: string | undefined,
): SituationQuery {
  const query = {
    ...asked,
    at: asked.at ?? endOfWindows(ms, occurredUntil),
    zone: asked.zone ?? zoneAsOf(db, seq),
    ...(occurredUntil === undefined ? {} : { occurredUntil }),
  };
  checkWindow(query);
  return query;
}

/** The instant that `asOf` stands for, in milliseconds: of a known event, of an instant itself, or now. */
export function momentMs(db: DatabaseSync, asOf: AsOf | undefined, now: number): number {
  if (asOf === undefined) return now;
  return parseInstant(typeof asOf === 'string' ? asOf : momentOf(db, asOf)).ms;
}

export const SITUATION_QUERIES = [AskSituationHandler];
