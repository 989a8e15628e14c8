import type { Row } from '../harness.ts';
import { underLoad } from '../http-contenders.ts';
import { productNode } from '../node-process.ts';
import { ownStore, THE_STORE } from '../store-contenders.ts';

/** From the 201 of a report to its frame at every dashboard, of the same product on either store. */
const LOAD = [100, 50] as const;

export const row: Row = {
  name: 'store-accepted-to-frame',
  title: `report accepted → frame received, on ${THE_STORE}, ${LOAD[1]} reports/s, ${LOAD[0]} clients`,
  unit: 'report',
  rounds: 3,
  units: 500,
  aims: { p99Ms: 150 },
  contenders: [
    underLoad(
      'the node on the store',
      async () => productNode(await ownStore()),
      'listen.ts',
      LOAD,
    ),
    underLoad('the node with its own log', productNode, 'listen.ts', LOAD),
  ],
};
