import type { Row } from '../harness.ts';
import { loading, rawLoading } from '../loading.ts';

/** What a command on an old observation waits for first: its events read, verified and folded. */
export const row: Row = {
  name: 'load-20-events',
  title: 'load an observation of 20 events, never loaded before',
  unit: 'load',
  rounds: 5,
  units: 2_000,
  aims: { perCore: 10_000 },
  contenders: [loading('the log, cold', 'cold'), rawLoading()],
};
