import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { parseInstant } from '@ceasewatch/domain/measure/instant';
import { unitsThatReport, sectorsAsOf } from '../centre/gazetteer.queries.ts';
import type { StandingAnswer } from '../contract/standing.ts';
import { fireItemsSince, lastFireItem, lastReportOf } from '../observation/last-reports.queries.ts';
import { type Moment, resolveAsOf } from '../read-model/as-of.ts';
import { ColumnsDesk } from '../read-model/columns-desk.ts';
import { momentOf } from '../read-model/event-table.ts';
import { Projector } from '../read-model/projector.ts';
import { ReadModel } from '../read-model/read-model.ts';
import { type AskedWindow, questionOf } from './asked-window.queries.ts';

/** A `StandingAnswer` whose versions are encoded already. */
interface EncodedStanding extends Omit<StandingAnswer, 'versions'> {
  /** JSON in UTF-8. */
  readonly versions: Uint8Array;
}

/** The figures of a moment, and what they are summed from. */
export class AskStanding extends Query<EncodedStanding> {
  constructor(
    readonly moment: Moment,
    readonly asked: AskedWindow,
    /** The present, milliseconds since 1970. */
    readonly now: number,
    readonly signal?: AbortSignal,
  ) {
    super();
  }
}

@QueryHandler(AskStanding)
export class AskStandingHandler implements IQueryHandler<AskStanding> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly projector: Projector,
    private readonly columns: ColumnsDesk,
  ) {}

  async execute({ moment, asked, now, signal }: AskStanding): Promise<EncodedStanding> {
    const { projected } = this.projector;
    const { query, seq, hits, sectors, rest } = this.readModel.read((db) => {
      const question = questionOf(db, moment, asked, projected, now);
      const { query, seq } = question;
      const until = Math.min(...[query.at, query.occurredUntil ?? query.at].map(millis));
      const last = lastFireItem(db, seq, until);
      // What was recorded after `at` breaks no silence before it.
      const recorded = Math.min(seq, resolveAsOf(db, projected, query.at));
      return {
        ...question,
        sectors: sectorsAsOf(db, seq),
        rest: {
          reached: seq < 0 ? null : momentOf(db, seq),
          fireItems: fireItemsSince(db, seq, last === null ? until : millis(last.at)),
          units: unitsThatReport(db, seq).map((each) => ({
            ...each,
            lastReport: lastReportOf(db, each.unit, recorded),
            newestReport: lastReportOf(db, each.unit, seq),
          })),
        },
      };
    });
    const situation = await this.columns.situation(query, sectors, seq, hits, signal);
    // The figures say where the window of all reports begins; what follows is asked of that very window.
    const versions = await this.columns.standing(situation.query, seq, hits, signal);
    return { situation, ...rest, versions };
  }
}

function millis(instant: string): number {
  return parseInstant(instant).ms;
}
