import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { HindsightAnswer } from '../contract/hindsight.ts';
import { searchedNarrative } from '../observation/text-search.queries.ts';
import type { Moment } from '../read-model/as-of.ts';
import { ColumnsDesk } from '../read-model/columns-desk.ts';
import { Projector } from '../read-model/projector.ts';
import { ReadModel } from '../read-model/read-model.ts';
import { type AskedWindow, questionOf } from './asked-window.queries.ts';

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
    const { query, seq, text } = this.readModel.read((db) =>
      questionOf(db, moment, asked, projected, now),
    );
    const hindsight = await this.columns.hindsight(query, seq, text, signal);
    return { ...hindsight, ...searchedNarrative(moment.viewer, text) };
  }
}
