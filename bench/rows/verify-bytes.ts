import { rmSync } from 'node:fs';
import { LeafBytes } from '../../apps/auditor/src/leaf-bytes.ts';
import { LogFile } from '../../apps/auditor/src/log-file.ts';
import { checkBytes } from '../../apps/auditor/src/verify-bytes.ts';
import type { Contender, Row } from '../harness.ts';
import { writtenLog } from '../written-log.ts';

/** Every leaf hashed and chained again, and nothing else: what a reader of the format does first. */
const bytesAndChain: Contender = {
  name: 'bytes and chain',
  async start(units) {
    const folder = writtenLog(units);
    const file = new LogFile(folder);
    const links = file.links();
    const bytes = new LeafBytes();
    let before: string | undefined;
    return {
      async run(count) {
        for (let checked = 0; checked < count; checked += 1) {
          const { value: row } = links.next();
          if (row === undefined) throw new Error(`${checked} of ${count} events`);
          bytes.put(row.leaf);
          checkBytes(row, bytes, () => before);
          before = row.chain;
        }
      },
      async stop() {
        file.close();
        rmSync(folder, { recursive: true });
      },
    };
  },
};

export const row: Row = {
  name: 'verify-bytes',
  title: 'leaves and chain of a log, one thread',
  unit: 'event',
  rounds: 3,
  units: 30_000,
  aims: { perCore: 100_000 },
  contenders: [bytesAndChain],
};
