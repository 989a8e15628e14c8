import { killLoop } from '../../apps/api/test/testing/kill-loop.ts';
import type { FaultPromise } from '../fault-promise.ts';

export const promise: FaultPromise = {
  id: 'R1',
  says: 'an acknowledged report is there after kill -9, once and unaltered',
  unit: 'kill',
  usual: 300,
  full: 5_000,
  piece: 50,
  short: 'apps/api/test/kill-nine.spec.ts',
  async test(times) {
    const { kills, acknowledged, unanswered, broken } = await killLoop(times);
    const [first] = broken;
    return {
      times: kills,
      broken: broken.length,
      ...(first === undefined ? {} : { first }),
      witness: { acknowledged, unanswered },
    };
  },
};
