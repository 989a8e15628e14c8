import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Viewer } from '@ceasewatch/domain/access/viewer';
import type { ChangesAnswer } from '../contract.ts';
import { Projector } from './projector.ts';

/** What every event after `after` changed, at most `limit` (500) events at a time. */
export class AskChanges extends Query<ChangesAnswer> {
  constructor(
    readonly viewer: Viewer,
    readonly after: number,
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(AskChanges)
export class AskChangesHandler implements IQueryHandler<AskChanges> {
  constructor(private readonly projector: Projector) {}

  async execute({ after, limit }: AskChanges): Promise<ChangesAnswer> {
    const { log } = this.projector;
    const { seq, changes } = this.projector.changes(after, limit);
    // What this node can serve: events beyond it are committed, but not yet in the rows.
    return { log, after, seq, head: this.projector.projected, changes };
  }
}

export const CHANGES_QUERIES = [AskChangesHandler];
