import { Query } from '@nestjs/cqrs';
import type { Viewer } from '@ceasewatch/domain/access/viewer';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import type { ObservationFilter } from '@ceasewatch/domain/situation/situation';
import type { ObservationDetail, ObservationPage } from '../contract.ts';
import type { AsOf } from '../read-model/as-of.ts';

export interface ListRequest {
  readonly filter: ObservationFilter;
  /** Newest first, by the event that recorded the version or by when it occurred. */
  readonly order?: 'recorded' | 'occurred';
  readonly cursor?: string;
  /** 50 unless told, at most 500. */
  readonly limit?: number;
  readonly asOf?: AsOf;
}

/** A page of the observations in force that pass a filter, newest first, and how many pass in all. */
export class ListObservations extends Query<ObservationPage> {
  constructor(
    readonly viewer: Viewer,
    readonly request: ListRequest,
  ) {
    super();
  }
}

/** One observation with all its versions, by id or by its short number. */
export class FindObservation extends Query<ObservationDetail> {
  constructor(
    readonly viewer: Viewer,
    readonly idOrNumber: string,
    readonly asOf?: AsOf,
  ) {
    super();
  }
}

/** Every observation in force that passes a filter, oldest first, however many there are. */
export class ExportObservations extends Query<AsyncIterable<ObservationRow>> {
  constructor(
    readonly viewer: Viewer,
    readonly request: { readonly filter: ObservationFilter; readonly asOf?: AsOf },
  ) {
    super();
  }
}
