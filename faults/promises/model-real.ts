import type { FaultPromise } from '../fault-promise.ts';
import { modelRuns } from '../model/model-runs.ts';
import { realNode } from '../model/real-process.ts';

export const promise: FaultPromise = {
  id: 'M2',
  says: 'the same, against the real process and a disk that is really full',
  unit: 'run',
  usual: 10,
  full: 200,
  piece: 10,
  short: 'faults.spec.ts',
  test: (times, seed) =>
    modelRuns({ times, seed, mostCommands: 40, node: () => realNode('limited') }),
};
