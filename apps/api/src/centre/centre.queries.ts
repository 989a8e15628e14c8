import { Query } from '@nestjs/cqrs';
import type { Viewer } from '@ceasewatch/domain/access/viewer';
import type { CentreAnswer } from '../contract.ts';
import type { AsOf } from '../read-model/as-of.ts';

/** The centre as it stood: contingents, units, areas, officers, places, ceasefire. */
export class AskCentre extends Query<CentreAnswer> {
  constructor(
    readonly viewer: Viewer,
    readonly asOf?: AsOf,
  ) {
    super();
  }
}
