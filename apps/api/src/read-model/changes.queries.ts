import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Viewer } from '@ceasewatch/domain/access/viewer';
import type { ChangesAnswer } from '../contract.ts';
import { ChangesPages } from './changes-pages.ts';
import { Projector } from './projector.ts';

/** A `ChangesAnswer` whose changes are encoded already. */
export interface EncodedChanges extends Omit<ChangesAnswer, 'changes'> {
  /** JSON in UTF-8. */
  readonly changes: Uint8Array;
}

/** What every event after `after` changed, at most `limit` (500) events at a time. */
export class AskChanges extends Query<EncodedChanges> {
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
  constructor(
    private readonly projector: Projector,
    private readonly pages: ChangesPages,
  ) {}

  /** @throws ReadModelError rebuilding */
  async execute({ after, limit }: AskChanges): Promise<EncodedChanges> {
    // What this node can serve: events beyond it are committed, but not yet in the rows.
    const { log } = this.projector;
    const head = this.projector.reached();
    const seq = Math.max(after, head - after > limit ? endOfPage(after, limit) : head);
    return { log, after, seq, head, changes: await this.pages.page(after, seq) };
  }
}

/** On a multiple of the limit, so that whoever is far behind asks for the same pages from then on. */
function endOfPage(after: number, limit: number): number {
  return (Math.floor(after / limit) + 1) * limit;
}

export const CHANGES_QUERIES = [ChangesPages, AskChangesHandler];
