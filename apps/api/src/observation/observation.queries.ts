import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Viewer } from '@ceasewatch/domain/access/viewer';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import type { ObservationFilter } from '@ceasewatch/domain/situation/situation';
import { zoneAsOf } from '../centre/gazetteer.queries.ts';
import type { ObservationDetail, ObservationPage } from '../contract/observation.ts';
import { type Moment, resolveAsOf } from '../read-model/as-of.ts';
import { ColumnsDesk } from '../read-model/columns-desk.ts';
import { momentOf } from '../read-model/event-table.ts';
import { Projector } from '../read-model/projector.ts';
import { ReadModel } from '../read-model/read-model.ts';
import { detailOf } from './observation-detail.ts';
import { exportRows, type ListRequest, listPage } from './observation-lists.ts';
import { prepared } from './version-rows.ts';

/** A page of the observations in force that pass a filter, newest first, and how many pass in all. */
export class ListObservations extends Query<ObservationPage> {
  constructor(
    readonly moment: Moment,
    readonly request: ListRequest,
    /** Aborted when nobody waits for the list any more. */
    readonly signal?: AbortSignal,
  ) {
    super();
  }
}

/** One observation with all its versions, by id or by its short number. */
export class FindObservation extends Query<ObservationDetail> {
  constructor(
    readonly moment: Moment,
    readonly idOrNumber: string,
  ) {
    super();
  }
}

/** What a file says of itself, so that it can be read without the centre that wrote it. */
export interface ExportFacts {
  readonly log: string;
  readonly exercise: boolean;
  /** The last event that was known, and when it was recorded. */
  readonly asOf: { readonly seq: number; readonly time: string };
  readonly occurredUntil?: string;
  /** The zone in which the centre counts its days; every instant in the file is UTC. */
  readonly centreZone: string;
}

export interface ExportedObservations {
  readonly facts: ExportFacts;
  readonly rows: AsyncIterable<ObservationRow>;
}

/** Every observation in force that passes a filter, in log order, however many there are. */
export class ExportObservations extends Query<ExportedObservations> {
  constructor(
    readonly moment: Moment,
    readonly filter: ObservationFilter,
    readonly signal?: AbortSignal,
  ) {
    super();
  }
}

export interface Imported {
  readonly id: string;
  /** Its present version. */
  readonly version: number;
}

/** The observation that an imported row became, whatever date its source gave the row then. */
export class FindImported extends Query<Imported | undefined> {
  constructor(
    readonly viewer: Viewer,
    /** The id that the row would have today: its date, then the digest of its key. */
    readonly rowId: string,
  ) {
    super();
  }
}

@QueryHandler(ListObservations)
export class ListObservationsHandler implements IQueryHandler<ListObservations> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly projector: Projector,
    private readonly columns: ColumnsDesk,
  ) {}

  async execute({ moment, request, signal }: ListObservations): Promise<ObservationPage> {
    const { projected } = this.projector;
    return listPage(this.readModel, this.columns, moment, request, projected, signal);
  }
}

@QueryHandler(FindObservation)
export class FindObservationHandler implements IQueryHandler<FindObservation> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly projector: Projector,
  ) {}

  async execute({ moment, idOrNumber }: FindObservation): Promise<ObservationDetail> {
    const { projected } = this.projector;
    return this.readModel.read((db) => detailOf(db, moment, idOrNumber, projected));
  }
}

@QueryHandler(ExportObservations)
export class ExportObservationsHandler implements IQueryHandler<ExportObservations> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly projector: Projector,
    private readonly columns: ColumnsDesk,
  ) {}

  async execute({ moment, filter, signal }: ExportObservations): Promise<ExportedObservations> {
    const { log, exercise, projected } = this.projector;
    const { occurredUntil } = moment;
    const facts = this.readModel.read((db): ExportFacts => {
      const seq = resolveAsOf(db, projected, moment.asOf);
      return {
        log,
        exercise,
        asOf: { seq, time: momentOf(db, seq) },
        ...(occurredUntil === undefined ? {} : { occurredUntil }),
        centreZone: zoneAsOf(db, seq),
      };
    });
    const asked = { ...moment, asOf: facts.asOf.seq };
    return { facts, rows: exportRows(this.readModel, this.columns, asked, filter, signal) };
  }
}

const DIGEST_BEGINS = 14;

@QueryHandler(FindImported)
export class FindImportedHandler implements IQueryHandler<FindImported> {
  constructor(private readonly readModel: ReadModel) {}

  async execute({ rowId }: FindImported): Promise<Imported | undefined> {
    const row = this.readModel.read((db) =>
      prepared(
        db,
        `SELECT o.id, v.version FROM observation o JOIN observation_version v ON v.from_seq = o.present
          WHERE substr(o.id, 15) = ? AND substr(o.id, 15, 1) = '8'`,
      ).get(rowId.slice(DIGEST_BEGINS)),
    );
    return row && { id: String(row['id']), version: Number(row['version']) };
  }
}

export const OBSERVATION_QUERIES = [
  ListObservationsHandler,
  FindObservationHandler,
  FindImportedHandler,
  ExportObservationsHandler,
];
