import { rmSync } from 'node:fs';
import { LogFile } from '../../apps/auditor/src/log-file.ts';
import { verifyLog } from '../../apps/auditor/src/verify-log.ts';
import type { Contender, Row } from '../harness.ts';
import { writtenLog } from '../written-log.ts';

/** The auditor's whole walk: bytes, chain, forms, history, disclosures. One thread; the log is made before. */
const everything: Contender = {
  name: 'everything',
  async start(units, warmUp) {
    const folders = [writtenLog(warmUp), writtenLog(units - warmUp)];
    const ahead = [...folders];
    return {
      async run(count) {
        const file = new LogFile(ahead.shift() ?? '');
        const { flaws, last } = verifyLog(file);
        file.close();
        if (flaws.count > 0 || last !== count - 1) throw new Error(flaws.first[0]?.message);
      },
      async stop() {
        for (const folder of folders) rmSync(folder, { recursive: true });
      },
    };
  },
};

export const row: Row = {
  name: 'verify',
  title: 'a log verified by everything that can be checked, one thread',
  unit: 'event',
  rounds: 3,
  units: 30_000,
  aims: { perCore: 15_000 },
  contenders: [everything],
};
