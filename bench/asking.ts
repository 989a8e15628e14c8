import { type Random, randomOf } from '@ceasewatch/domain/testing/random';
import type { Aims, Contender } from './harness.ts';
import { eventsOf, flagsOver, largeFolder, OBSERVATIONS } from './large-log.ts';
import { latencyOf } from './load/quantiles.ts';
import { startedNode } from './node-process.ts';

/** Questions over HTTP to a node with so many reports, one after the other, each drawn anew: some come twice. */
export function asking(
  name: string,
  question: (random: Random, observations: number) => string,
  aims: Aims,
  observations = OBSERVATIONS,
): Contender {
  return {
    name,
    aims,
    async start() {
      const node = await startedNode(flagsOver(await largeFolder(observations)));
      const random = randomOf(name);
      return {
        async run(count) {
          const took = new Float64Array(count);
          for (let n = 0; n < count; n += 1) {
            const url = `${node.address}/api/${question(random, observations)}`;
            const began = performance.now();
            const answer = await fetch(url);
            const text = await answer.text();
            took[n] = performance.now() - began;
            if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}: ${text}`);
          }
          return latencyOf(took);
        },
        cpuMicros: () => node.cpuMicros(),
        memoryBytes: () => node.memoryBytes(),
        stop: () => node.stop(),
      };
    },
  };
}

/** An event of the later half of a log with so many observations. */
export function asOf(random: Random, observations: number): string {
  const events = eventsOf(observations);
  return `asOf=${random.whole(events >> 1, events - 1)}`;
}
