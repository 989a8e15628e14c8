import type { Row } from '../harness.ts';
import { underLoad } from '../http-contenders.ts';
import { productNode } from '../node-process.ts';

/** From the 201 of a report to its frame at every dashboard, as many of them as a node lets in. */
export const row: Row = {
  name: 'accepted-to-frame-2000',
  title: 'report accepted → frame received, 50 reports/s, 2,000 clients',
  unit: 'report',
  rounds: 2,
  units: 500,
  // Without news or a sign of life for so long a dashboard calls itself stale; and none is left out.
  aims: { maxMs: 15_000 },
  contenders: [underLoad('the node', productNode, 'listen.ts', [2_000, 50])],
};
