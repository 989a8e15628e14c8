import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { ChangesAnswer } from '../contract/live.ts';
import { type Moment, resolveAsOf } from './as-of.ts';
import { ChangesPages } from './changes-pages.ts';
import { inAnInstant } from './in-an-instant.ts';
import { Projector } from './projector.ts';
import { ReadModelError } from './read-model-error.ts';

/** A `ChangesAnswer` whose changes are encoded already. */
export interface EncodedChanges extends Omit<ChangesAnswer, 'changes'> {
  /** JSON in UTF-8. */
  readonly changes: Uint8Array;
}

/** What every event after `after` changed, at most `limit` (500) events at a time. */
export class AskChanges extends Query<EncodedChanges> {
  constructor(
    readonly moment: Moment,
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

  /** @throws ReadModelError rebuilding, as_of_unknown, after_unknown */
  async execute({ moment, after, limit }: AskChanges): Promise<EncodedChanges> {
    await inAnInstant(this.projector, after);
    // What this node can serve: events beyond it are committed, but not yet in the rows.
    const { log, readModel } = this.projector;
    const reached = this.projector.reached();
    const shown = readModel.read((db) => resolveAsOf(db, reached, moment.asOf));
    // A client may know events that this node has not applied yet, but none that the log lacks.
    const last = moment.asOf === undefined ? this.projector.head() : shown;
    if (after > last) {
      const why = `Event ${after} is not in this log, whose last is ${last}.`;
      throw new ReadModelError('after_unknown', why);
    }
    const head = Math.max(after, shown);
    const seq = head - after > limit ? endOfPage(after, limit) : head;
    return { log, after, seq, head, changes: await this.pages.page(after, seq) };
  }
}

/** On a multiple of the limit, so that whoever is far behind asks for the same pages from then on. */
function endOfPage(after: number, limit: number): number {
  return (Math.floor(after / limit) + 1) * limit;
}

export const CHANGES_QUERIES = [ChangesPages, AskChangesHandler];
