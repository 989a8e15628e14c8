import type { Row } from '../harness.ts';
import { BARE_CLIENT, bareClient, storeLog, THE_STORE } from '../store-contenders.ts';

/** Ours also follows, numbers and keeps in the same process what it writes; its answer does not wait for it. */
export const row: Row = {
  name: 'store-append-sequential',
  title: `append to ${THE_STORE}, one writer, each durable`,
  unit: 'event',
  rounds: 5,
  units: 400,
  aim: { ratio: 0.9, of: BARE_CLIENT },
  contenders: [storeLog(1), bareClient(1)],
};
