import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { itKeepsTheContractOfTheLog } from './event-log.contract.ts';
import { openLog } from './open-log.ts';
import { FIRST_INSTANT, testId } from './testing/events.ts';

const log = { exercise: true, logId: testId(0), now: () => FIRST_INSTANT };

itKeepsTheContractOfTheLog('SQLite in memory', async () => {
  const opened = await openLog({ ...log, folder: ':memory:' });
  return { log: opened, close: () => opened.close() };
});

itKeepsTheContractOfTheLog('SQLite on disk', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ceasewatch-log-'));
  const opened = await openLog({ ...log, folder });
  return {
    log: opened,
    async close() {
      await opened.close();
      rmSync(folder, { recursive: true });
    },
  };
});
