import type { Row } from '../harness.ts';
import { underLoad } from '../http-contenders.ts';
import { bareServer, productNode } from '../node-process.ts';

/** As fast as 32 connections can: what one core of a node can take in. */
const SATURATING = [32, 0];

export const row: Row = {
  name: 'submit-http',
  title: 'durable submit over HTTP, 32 connections, as fast as they can',
  unit: 'report',
  rounds: 3,
  units: 8_000,
  aims: { perCore: 2_000 },
  contenders: [
    underLoad('the node', productNode, 'submit.ts', SATURATING),
    underLoad('bare node:http + node:sqlite', bareServer, 'submit.ts', SATURATING),
  ],
};
