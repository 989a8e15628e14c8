import { Query } from '@nestjs/cqrs';
import type { Viewer } from '@ceasewatch/domain/access/viewer';
import type { SituationQuery } from '@ceasewatch/domain/situation/situation';
import type { SituationAnswer } from '../contract.ts';
import type { AsOf } from '../read-model/as-of.ts';

/** The dashboard's figures for a window, a filter and a zone, as of any event. */
export class AskSituation extends Query<SituationAnswer> {
  constructor(
    readonly viewer: Viewer,
    readonly query: SituationQuery,
    readonly asOf?: AsOf,
  ) {
    super();
  }
}
