import type { FaultPromise } from '../fault-promise.ts';
import { GOLDEN_LOGS, replayed } from '../golden-logs/golden-logs.ts';
import { Tally } from '../tally.ts';

export const promise: FaultPromise = {
  id: 'R24',
  says: 'a log that an earlier release wrote has the same events, chain and meaning to this one',
  unit: 'golden log',
  usual: GOLDEN_LOGS.length,
  full: GOLDEN_LOGS.length,
  piece: GOLDEN_LOGS.length,
  short: 'faults.spec.ts',
  async test(times) {
    const tally = new Tally();
    for (const golden of GOLDEN_LOGS.slice(0, times)) {
      const { why, events, types } = await replayed(golden);
      tally.add(why);
      tally.saw('events', events);
      tally.saw('event types', types.size);
    }
    return tally.tested;
  },
};
