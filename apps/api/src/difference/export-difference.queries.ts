import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Viewer } from '@ceasewatch/domain/access/viewer';
import type { SituationQuery } from '@ceasewatch/domain/situation/situation';
import { zoneAsOf } from '../centre/gazetteer.queries.ts';
import type { DifferenceMoment, ObservationDifference } from '../contract/difference.ts';
import { turn } from '../event-log/turn.ts';
import { changedObservations } from '../observation/changed-observations.queries.ts';
import type { Moment } from '../read-model/as-of.ts';
import { ColumnsDesk } from '../read-model/columns-desk.ts';
import { Projector } from '../read-model/projector.ts';
import { ReadModel } from '../read-model/read-model.ts';
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

export type ChangesToExport = AskedEnds & ChangesAsked;

/** What a file of a difference says of itself. */
export interface DifferenceFacts {
  readonly log: string;
  readonly exercise: boolean;
  readonly from: DifferenceMoment;
  readonly to: DifferenceMoment;
  /** The zone in which the centre counts its days; every instant in the file is UTC. */
  readonly centreZone: string;
  /** The windows of the figures that were moved, and until when anything is asked for. */
  readonly query: SituationQuery;
}

export interface ExportedDifference {
  readonly facts: DifferenceFacts;
  readonly rows: AsyncIterable<ObservationDifference>;
}

/** Every observation that differs between two moments, however many there are. */
export class ExportDifference extends Query<ExportedDifference> {
  constructor(
    readonly moment: Moment,
    readonly request: ChangesToExport,
    /** The present, milliseconds since 1970. */
    readonly now: number,
    /** Aborted when nobody waits for the file any more. */
    readonly signal: AbortSignal,
  ) {
    super();
  }
}

@QueryHandler(ExportDifference)
export class ExportDifferenceHandler implements IQueryHandler<ExportDifference> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly projector: Projector,
    private readonly columns: ColumnsDesk,
  ) {}

  /** @throws ReadModelError rebuilding, overloaded, as_of_unknown; Refusal invalid */
  async execute({ moment, request, now, signal }: ExportDifference): Promise<ExportedDifference> {
    await endsSettled(this.projector, request, now);
    const { log, exercise, projected } = this.projector;
    const ends = this.readModel.read((db) => endsOf(db, moment, request, projected, now));
    const query = await begunQuery(this.columns, ends, signal);
    const facts = this.readModel.read((db): DifferenceFacts => {
      const [from, to] = [momentAt(db, ends.from), momentAt(db, ends.to)];
      return { log, exercise, from, to, centreZone: zoneAsOf(db, ends.to), query };
    });
    return { facts, rows: this.#rows(ends, query, request, signal) };
  }

  /** Numbers of events are held for a pass over the columns, what they say for a page of it. */
  async *#rows(
    ends: Ends,
    query: SituationQuery,
    request: ChangesToExport,
    signal: AbortSignal,
  ): AsyncGenerator<ObservationDifference, void, void> {
    for (let after = -1; ;) {
      const asked = columnsQuery(ends, query, request, { after, limit: KEYS_AT_ONCE });
      const { page, more } = await this.columns.longDifference(asked, ends.text, signal);
      for (let at = 0; at < page.length; at += ROWS_AT_ONCE) {
        const keys = page.slice(at, at + ROWS_AT_ONCE);
        yield* this.readModel.read((db) =>
          changedObservations(db, THE_PUBLIC, keys, ends.from, ends.to),
        );
        await turn();
      }
      after = page.at(-1)?.after ?? after;
      if (!more) return;
    }
  }
}

/** A pass over the columns of a million rows takes a tenth of a second, whatever it is asked for. */
const KEYS_AT_ONCE = 2_000;
const ROWS_AT_ONCE = 50;

/** Files tell that narrative was changed, not how; it is read one observation at a time. */
const THE_PUBLIC: Viewer = { officer: null, contingent: null, role: 'sensor' };
