import { afterEach, beforeEach, describe } from '@jest/globals';
import type { EventLog } from './event-log.ts';
import { itKeepsTheContractOfAppending } from './event-log-append.contract.ts';
import { itKeepsTheContractOfReading } from './event-log-read.contract.ts';

/**
 * What every adapter of the log has to keep. An adapter's own spec calls this
 * with a way to open an empty log that already holds event 0.
 */
export interface LogUnderTest {
  readonly log: EventLog;
  close(): Promise<void>;
}

export function itKeepsTheContractOfTheLog(name: string, open: () => Promise<LogUnderTest>): void {
  describe(`the contract of the log, kept by ${name}:`, () => {
    let tested: LogUnderTest;

    beforeEach(async () => {
      tested = await open();
    });
    afterEach(() => tested.close());

    itKeepsTheContractOfAppending(() => tested.log);
    itKeepsTheContractOfReading(() => tested.log);
  });
}
