import type { Row } from '../harness.ts';
import { BARE_CLIENT, bareClient, storeLog, THE_STORE } from '../store-contenders.ts';

/** An answer means more here: this node has seen and numbered the event, and compared it. */
export const row: Row = {
  name: 'store-append-sequential',
  title: `append to ${THE_STORE}, one writer, each answered with its number`,
  unit: 'event',
  rounds: 5,
  units: 400,
  aim: { ratio: 0.9, of: BARE_CLIENT },
  contenders: [storeLog(1), bareClient(1)],
};
