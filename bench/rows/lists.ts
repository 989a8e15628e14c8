import { KINDS } from '@ceasewatch/domain/observation/vocabulary';
import { type Random, randomOf } from '@ceasewatch/domain/testing/random';
import type { Contender, Row } from '../harness.ts';
import { flagsOver, largeFolder, OBSERVATIONS } from '../large-log.ts';
import { latencyOf } from '../load/quantiles.ts';
import { startedNode } from '../node-process.ts';
import { FIRST, SPAN } from '../synthetic-events.ts';

/** Pages of fifty over HTTP, one after the other, each another question. */
function asking(name: string, question: (random: Random) => string): Contender {
  return {
    name,
    async start() {
      const node = await startedNode(flagsOver(await largeFolder()));
      const random = randomOf(name);
      return {
        async run(count) {
          const took = new Float64Array(count);
          for (let n = 0; n < count; n += 1) {
            const url = `${node.address}/api/observations?${question(random)}`;
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

const kindOf = (random: Random) => `kind=${KINDS[random.whole(0, 19)] ?? ''}`;
const asOf = (random: Random) => `asOf=${random.whole(OBSERVATIONS >> 1, OBSERVATIONS)}`;

/** A day somewhere in the fourteen weeks. */
function dayOf(random: Random): string {
  const from = FIRST + random.whole(0, 97) * (SPAN / 98);
  const [begin, end] = [from, from + SPAN / 98].map((ms) => new Date(ms).toISOString());
  return `from=${begin}&to=${end}`;
}

export const row: Row = {
  name: 'lists',
  title: 'a page of a list over HTTP, 1,000,000 reports',
  unit: 'page',
  rounds: 3,
  units: 300,
  // The aim speaks of p95; p99 is the stricter.
  aims: { p99Ms: 10 },
  contenders: [
    asking('live, of a kind', kindOf),
    asking('as of a random event, of a kind', (random) => `${kindOf(random)}&${asOf(random)}`),
    asking('live, by occurrence', (random) => `order=occurred&${kindOf(random)}`),
    asking('as of a random event, a day by occurrence', (random) => {
      return `order=occurred&${dayOf(random)}&${asOf(random)}`;
    }),
  ],
};
