import type { Row } from '../harness.ts';
import { underLoad } from '../http-contenders.ts';
import { productNode } from '../node-process.ts';

/** From the 201 of a report to its frame at every dashboard; frames are gathered for up to 100 ms. */
export const row: Row = {
  name: 'accepted-to-frame-1000',
  title: 'report accepted → frame received, 50 reports/s, 1,000 clients',
  unit: 'report',
  rounds: 3,
  units: 500,
  // 400 MiB: what the node may hold with all of them.
  aims: { p50Ms: 80, p99Ms: 300, memoryMb: 419 },
  contenders: [underLoad('the node', productNode, 'listen.ts', [1_000, 50])],
};
