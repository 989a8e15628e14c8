import fc from 'fast-check';
import { randomOf } from '@ceasewatch/domain/testing/random';
import type { Tested } from '../fault-promise.ts';
import { commands } from './commands.ts';
import type { FaultyNode } from './faulty-node.ts';
import { World } from './world.ts';

/** How a model is run: a node each time, and the most that may happen to it. */
export interface ModelRuns {
  readonly times: number;
  readonly seed: string;
  readonly mostCommands: number;
  readonly node: () => Promise<FaultyNode>;
  /** Whether the shortest history that fails is looked for, which takes many more; else the first. */
  readonly shortest?: boolean;
}

/**
 * Histories drawn from a seed, each lived by a node of its own and judged at its end. What breaks a
 * promise is told as its shortest history, with the seed that finds it again.
 */
export async function modelRuns({
  times,
  seed,
  mostCommands,
  node,
  shortest = true,
}: ModelRuns): Promise<Tested> {
  const witness = { acknowledged: 0, doubtful: 0 };
  let worlds = 0;
  const history = fc.asyncProperty(commands(mostCommands), async (happenings) => {
    worlds += 1;
    const world = new World(await node(), `${seed}/${worlds}`);
    try {
      await world.start();
      await fc.asyncModelRun(() => ({ model: world, real: world }), happenings);
      const broken = await world.judge();
      witness.acknowledged += world.ledger.acknowledged.length;
      witness.doubtful += world.ledger.doubts;
      if (broken.length > 0) throw new Error(broken.join('\n'));
    } finally {
      await world.follower.leave();
      await world.node.end();
    }
  });
  const drawn = randomOf(seed).whole(0, 2 ** 31 - 1);
  const found = await fc.check(history, {
    numRuns: times,
    seed: drawn,
    unbiased: true,
    endOnFailure: !shortest,
  });
  if (!found.failed) return { times, broken: 0, witness };
  const [lived] = found.counterexample ?? [];
  const { errorInstance, counterexamplePath } = found;
  const why = errorInstance instanceof Error ? (errorInstance.stack ?? '') : String(errorInstance);
  const first = `seed ${drawn}, path ${counterexamplePath}: ${fc.stringify(lived)}\n${why}`;
  return { times: found.numRuns, broken: 1, first, witness };
}
