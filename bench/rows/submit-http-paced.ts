import type { Row } from '../harness.ts';
import { underLoad } from '../http-contenders.ts';
import { bareServer, productNode } from '../node-process.ts';

/** Two hundred reports a second, far more than any centre has seen: how long each waits. */
const PACED = [32, 200];

export const row: Row = {
  name: 'submit-http-paced',
  title: 'durable submit over HTTP at 200/s',
  unit: 'report',
  rounds: 3,
  units: 2_000,
  aims: { p99Ms: 60 },
  contenders: [
    underLoad('the node', productNode, 'submit.ts', PACED),
    underLoad('bare node:http + node:sqlite', bareServer, 'submit.ts', PACED),
  ],
};
