import { Query } from '@nestjs/cqrs';
import type { Viewer } from '@ceasewatch/domain/access/viewer';
import type { ChangesAnswer } from '../contract.ts';

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
