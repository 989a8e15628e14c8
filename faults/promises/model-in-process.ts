import type { FaultPromise } from '../fault-promise.ts';
import { withBuiltNodes } from '../model/built-nodes.ts';
import { modelRuns } from '../model/model-runs.ts';

export const promise: FaultPromise = {
  id: 'M1',
  says: 'whatever happens in whatever order, log, rows and live feed are what was acknowledged; in process',
  unit: 'run',
  usual: 150,
  full: 3_000,
  piece: 50,
  short: 'faults.spec.ts',
  test(times, seed) {
    return withBuiltNodes((nodes) => {
      return modelRuns({ times, seed, mostCommands: 60, node: () => nodes.fresh() });
    });
  },
};
