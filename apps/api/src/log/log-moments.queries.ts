import type { DatabaseSync } from 'node:sqlite';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { parseInstant } from '@ceasewatch/domain/measure/instant';
import { refuse } from '@ceasewatch/domain/refusal';
import type { LogMoments } from '../contract/log-moments.ts';
import { type Moment, resolveAsOf } from '../read-model/as-of.ts';
import { lastByInstants, momentOf } from '../read-model/event-table.ts';
import { Projector } from '../read-model/projector.ts';
import { ReadModel } from '../read-model/read-model.ts';
import { storedInstant } from '../read-model/stored-instant.ts';

export interface AskedStretch {
  /** Stored instants; the beginning and the end of the log as it is known, unless told. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly parts: number;
}

/** When the log was written: its density over a stretch of recorded time, and which event stood when. */
export class AskLogMoments extends Query<LogMoments> {
  constructor(
    readonly moment: Moment,
    readonly stretch: AskedStretch,
  ) {
    super();
  }
}

@QueryHandler(AskLogMoments)
export class AskLogMomentsHandler implements IQueryHandler<AskLogMoments> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly projector: Projector,
  ) {}

  /** @throws ReadModelError rebuilding, as_of_unknown; Refusal invalid */
  async execute({ moment, stretch }: AskLogMoments): Promise<LogMoments> {
    const { projected } = this.projector;
    return this.readModel.read((db) => {
      const last = resolveAsOf(db, projected, moment.asOf);
      return last < 0 ? EMPTY : momentsOf(db, last, stretch);
    });
  }
}

const EMPTY: LogMoments = { asOf: -1, from: null, to: null, before: -1, through: [] };

function momentsOf(db: DatabaseSync, last: number, { from, to, parts }: AskedStretch): LogMoments {
  const begin = parseInstant(from ?? momentOf(db, 0)).ms;
  const end = parseInstant(to ?? momentOf(db, last)).ms;
  if (begin > end) throw refuse('invalid', { field: 'to', reason: 'ends_before_it_begins' });
  const instants = Array.from({ length: parts }, (_, part) =>
    Math.floor(begin + ((end - begin) * (part + 1)) / parts),
  );
  const [before = -1, ...through] = lastByInstants(db, last, [begin - 1, ...instants]);
  return { asOf: last, from: storedInstant(begin), to: storedInstant(end), before, through };
}

export const LOG_MOMENTS_QUERIES = [AskLogMomentsHandler];
