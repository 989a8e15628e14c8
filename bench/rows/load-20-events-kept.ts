import type { Row } from '../harness.ts';
import { loading } from '../loading.ts';

/** The same when a command on the observation was judged before: its state was kept. */
export const row: Row = {
  name: 'load-20-events-kept',
  title: 'load an observation of 20 events, loaded before',
  unit: 'load',
  rounds: 5,
  units: 20_000,
  aims: { perCore: 100_000 },
  contenders: [loading('the log, kept', 'kept')],
};
