import type { FaultPromise } from '../fault-promise.ts';
import { powerCuts } from '../power-cut/power-cut.ts';
import { whyNoTrace } from '../power-cut/trace.ts';

export const promise: FaultPromise = {
  id: 'R2',
  says: 'an acknowledged event is there after the power failed',
  unit: 'power cut',
  usual: 1_500,
  full: 50_000,
  piece: 500,
  short: 'faults.spec.ts',
  whyNot: whyNoTrace,
  async test(times, seed) {
    const found = await powerCuts({ cuts: times, seed, events: 1_500 });
    const { cuts, unreadable, broken, first, checkpoints, promises } = found;
    return {
      times: cuts,
      broken: broken + unreadable,
      ...(first === undefined ? {} : { first }),
      witness: { checkpoints, acknowledged: promises },
    };
  },
};
