import { Injectable } from '@nestjs/common';
import type { Viewer } from '@ceasewatch/domain/access/viewer';
import { RequestError } from '../http/request-error.ts';
import { ReadAudit, type Reading } from './read-audit.ts';

/** Each holds a page of rows and a reader that may be slow; more would crowd out the dashboards. */
export const MOST_EXPORTS = 4;
const RETRY_AFTER_S = 5;

/** Every file that leaves this node: so many at once, each recorded before its first byte. */
@Injectable()
export class RunningExports {
  #running = 0;

  constructor(private readonly audit: ReadAudit) {}

  /**
   * What is refused nobody has read, and is not recorded.
   *
   * @throws RequestError overloaded: there are as many as there may be
   */
  async one<Done>(
    viewer: Viewer,
    reading: Omit<Reading, 'kind'>,
    write: () => Promise<Done>,
  ): Promise<Done> {
    if (this.#running >= MOST_EXPORTS) {
      const said = `${MOST_EXPORTS} exports are being written already.`;
      throw new RequestError('overloaded', 'too_many_exports', said, RETRY_AFTER_S);
    }
    this.#running += 1;
    try {
      this.audit.record(viewer, { ...reading, kind: 'export' });
      return await write();
    } finally {
      this.#running -= 1;
    }
  }
}
