import type { FaultPromise } from '../fault-promise.ts';
import { powerCuts } from '../power-cut/power-cut.ts';
import { whyNoTrace } from '../power-cut/trace.ts';

export const promise: FaultPromise = {
  id: 'R3',
  says: 'nothing is acknowledged before all of it was synced',
  unit: 'acknowledgement',
  usual: 2_000,
  full: 20_000,
  piece: 2_000,
  short: 'faults.spec.ts',
  whyNot: whyNoTrace,
  async test(times, seed) {
    const { promises, early } = await powerCuts({ cuts: 0, seed, events: times });
    return { times: promises, broken: early };
  },
};
