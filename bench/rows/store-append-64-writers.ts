import type { Row } from '../harness.ts';
import { BARE_CLIENT, bareClient, storeLog, THE_STORE } from '../store-contenders.ts';

/** Both share two cores with the server; ours also follows what it writes, in the same process. */
export const row: Row = {
  name: 'store-append-64-writers',
  title: `append to ${THE_STORE}, 64 writers, each durable`,
  unit: 'event',
  rounds: 5,
  units: 3_000,
  aim: { ratio: 0.9, of: BARE_CLIENT },
  contenders: [storeLog(64), bareClient(64)],
};
