import { Injectable } from '@nestjs/common';
import type { Viewer } from '@ceasewatch/domain/access/viewer';
import { Places } from '../http/places.ts';
import { RequestError } from '../http/request-error.ts';
import { ReadAudit, type Reading } from './read-audit.ts';

/** Each holds a page of rows and a reader that may be slow; more would crowd out the dashboards. */
export const MOST_EXPORTS = 4;
const RETRY_AFTER_S = 5;

/** Every file that leaves this node: so many at once, each recorded before its first byte. */
@Injectable()
export class RunningExports {
  readonly places = new Places(MOST_EXPORTS, tooManyExports);

  constructor(private readonly audit: ReadAudit) {}

  /**
   * What is refused nobody has read, and is not recorded.
   *
   * @param find asks for what will be written; what it refuses is refused
   * @param write sends it
   * @throws RequestError overloaded: there are as many as there may be; whatever `find` throws
   */
  async one<Found, Done>(
    viewer: Viewer,
    reading: Omit<Reading, 'kind'>,
    find: () => Promise<Found>,
    write: (found: Found) => Promise<Done>,
  ): Promise<Done> {
    return this.places.hold(async () => {
      const found = await find();
      this.audit.record(viewer, { ...reading, kind: 'export' });
      return write(found);
    });
  }
}

function tooManyExports(): RequestError {
  const said = `${MOST_EXPORTS} exports are being written already.`;
  return new RequestError('overloaded', 'too_many_exports', said, RETRY_AFTER_S);
}
