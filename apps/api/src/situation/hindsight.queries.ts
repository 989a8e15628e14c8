import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { mayReadDisclosures } from '@ceasewatch/domain/access/viewer';
import type { HindsightAnswer } from '../contract/hindsight.ts';
import { textCondition, textHits } from '../observation/text-search.queries.ts';
import { type Moment, resolveAsOf } from '../read-model/as-of.ts';
import { ColumnsDesk } from '../read-model/columns-desk.ts';
import { Projector } from '../read-model/projector.ts';
import { ReadModel } from '../read-model/read-model.ts';
import { type AskedWindow, momentMs, situationQuery } from './situation.queries.ts';

/** Known then against known now, for a window, a filter and a zone. */
export class AskHindsight extends Query<HindsightAnswer> {
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

@QueryHandler(AskHindsight)
export class AskHindsightHandler implements IQueryHandler<AskHindsight> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly projector: Projector,
    private readonly columns: ColumnsDesk,
  ) {}

  async execute({ moment, asked, now, signal }: AskHindsight): Promise<HindsightAnswer> {
    const { projected } = this.projector;
    const { viewer, asOf, occurredUntil } = moment;
    const { query, seq, hits } = this.readModel.read((db) => {
      const seq = resolveAsOf(db, projected, asOf);
      const query = situationQuery(db, asked, seq, momentMs(db, asOf, now), occurredUntil);
      return { query, seq, hits: textHits(textCondition(db, viewer, query.filter, seq), seq) };
    });
    const hindsight = await this.columns.hindsight(query, seq, hits, signal);
    return {
      ...hindsight,
      ...(hits === undefined ? {} : { narrativeSearched: mayReadDisclosures(viewer) }),
    };
  }
}
