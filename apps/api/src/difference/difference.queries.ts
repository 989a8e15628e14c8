import type { DatabaseSync } from 'node:sqlite';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { ColumnDifference } from '@ceasewatch/domain/difference/column-difference';
import type { SituationQuery } from '@ceasewatch/domain/situation/situation';
import { centreChanges } from '../centre/centre-changes.queries.ts';
import type { DifferenceAnswer, ObservationDifferencePage } from '../contract/difference.ts';
import { changedObservations } from '../observation/changed-observations.queries.ts';
import { searchedNarrative } from '../observation/text-search.queries.ts';
import { type Moment, resolveAsOf } from '../read-model/as-of.ts';
import { ColumnsDesk } from '../read-model/columns-desk.ts';
import { Projector } from '../read-model/projector.ts';
import { ReadModel } from '../read-model/read-model.ts';
import { readCursor, writeCursor } from './difference-cursor.ts';
import {
  type AskedEnds,
  begunQuery,
  type ChangesAsked,
  columnsQuery,
  type Ends,
  endsOf,
  endsSettled,
  momentAt,
} from './difference-ends.queries.ts';

/**
 * What differs between two moments, from the version rows and the columns alone. Figures are told three
 * times: as they stood, as they stood in the windows of the later moment, and as they stand; so what time
 * did to them and what events did to them are told apart.
 */
export interface DifferenceRequest extends AskedEnds {
  /** Changed observations on the first page, 50 unless told. */
  readonly limit?: number | undefined;
  readonly occurredFrom?: string | undefined;
}

export interface ChangedRequest extends DifferenceRequest, ChangesAsked {
  /** Of an earlier page; it holds both moments and the windows. */
  readonly cursor?: string | undefined;
}

export class AskDifference extends Query<DifferenceAnswer> {
  constructor(
    readonly moment: Moment,
    readonly request: DifferenceRequest,
    /** The present, milliseconds since 1970. */
    readonly now: number,
    /** Aborted when nobody waits for the answer any more. */
    readonly signal?: AbortSignal,
  ) {
    super();
  }
}

/** A page of the observations that differ, of one change or moving one figure. */
export class AskChangedObservations extends Query<ObservationDifferencePage> {
  constructor(
    readonly moment: Moment,
    readonly request: ChangedRequest,
    readonly now: number,
    readonly signal?: AbortSignal,
  ) {
    super();
  }
}

@QueryHandler(AskDifference)
export class AskDifferenceHandler implements IQueryHandler<AskDifference> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly projector: Projector,
    private readonly columns: ColumnsDesk,
  ) {}

  /** @throws ReadModelError rebuilding, overloaded, as_of_unknown; Refusal invalid */
  async execute({ moment, request, now, signal }: AskDifference): Promise<DifferenceAnswer> {
    await endsSettled(this.projector, request, now);
    const { projected } = this.projector;
    const ends = this.readModel.read((db) => endsOf(db, moment, request, projected, now));
    const { from, to, sectors, text } = ends;
    const later = await this.columns.situation(ends.now, sectors, to, text, signal);
    const { query } = later;
    const asked = columnsQuery(ends, query, request, {
      after: -1,
      limit: request.limit ?? USUAL_LIMIT,
    });
    const [then, kept, difference] = await Promise.all([
      this.columns.situation(begunLike(query, ends.then), sectors, from, text, signal),
      this.columns.situation(query, sectors, from, text, signal),
      this.columns.difference(asked, text, signal),
    ]);
    return this.readModel.read((db) => ({
      ...pageAnswer(db, moment, ends, query, difference),
      situation: { then, kept, now: later },
      moved: difference.moved,
      totals: difference.totals,
      centre: centreChanges(db, from, to),
    }));
  }
}

@QueryHandler(AskChangedObservations)
export class AskChangedObservationsHandler implements IQueryHandler<AskChangedObservations> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly projector: Projector,
    private readonly columns: ColumnsDesk,
  ) {}

  /** @throws ReadModelError rebuilding, overloaded, as_of_unknown, cursor_invalid; Refusal invalid */
  async execute(asked: AskChangedObservations): Promise<ObservationDifferencePage> {
    const { moment, request, now, signal } = asked;
    await endsSettled(this.projector, request, now);
    const { projected } = this.projector;
    const { ends, after } = this.readModel.read((db) => {
      const { cursor } = request;
      if (cursor === undefined)
        return { ends: endsOf(db, moment, request, projected, now), after: -1 };
      return goneOn(db, moment, { ...request, cursor }, projected, now);
    });
    const query = await begunQuery(this.columns, ends, signal);
    const difference = await this.columns.difference(
      columnsQuery(ends, query, request, { after, limit: request.limit ?? USUAL_LIMIT }),
      ends.text,
      signal,
    );
    return this.readModel.read((db) => pageAnswer(db, moment, ends, query, difference));
  }
}

/** A screen and a bit. */
const USUAL_LIMIT = 50;

/** The window `all` begins at both moments where it does at the later one, unless it had not begun then. */
function begunLike({ from }: SituationQuery, then: SituationQuery): SituationQuery {
  return from !== undefined && from < then.at ? { ...then, from } : then;
}

function goneOn(
  db: DatabaseSync,
  moment: Moment,
  request: ChangedRequest & { readonly cursor: string },
  projected: number,
  now: number,
): { readonly ends: Ends; readonly after: number } {
  const head = resolveAsOf(db, projected, moment.asOf);
  const { from, to, at, beginning, after } = readCursor(request.cursor, head);
  const window = { ...request.window, at, ...(beginning === undefined ? {} : { from: beginning }) };
  const ends = endsOf(db, moment, { from: Math.max(0, from), to, window }, projected, now);
  return { ends: { ...ends, from }, after };
}

function pageAnswer(
  db: DatabaseSync,
  { viewer }: Moment,
  { from, to, text }: Ends,
  { at, from: beginning }: SituationQuery,
  { page, matching, more }: ColumnDifference,
): ObservationDifferencePage {
  const last = page.at(-1);
  return {
    from: momentAt(db, from),
    to: momentAt(db, to),
    items: changedObservations(db, viewer, page, from, to),
    matching,
    ...(more && last !== undefined
      ? { next: writeCursor({ from, to, at, beginning, after: last.after }) }
      : {}),
    ...searchedNarrative(viewer, text),
  };
}
