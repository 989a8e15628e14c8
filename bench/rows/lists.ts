import { KINDS } from '@ceasewatch/domain/observation/vocabulary';
import { type Random, randomOf } from '@ceasewatch/domain/testing/random';
import type { Aims, Contender, Row } from '../harness.ts';
import { eventsOf, flagsOver, largeFolder, OBSERVATIONS } from '../large-log.ts';
import { latencyOf } from '../load/quantiles.ts';
import { startedNode } from '../node-process.ts';
import { FIRST, SPAN } from '../synthetic-events.ts';

/** Pages of fifty over HTTP, one after the other, each another question. */
function asking(
  name: string,
  question: (random: Random, observations: number) => string,
  aims: Aims = { p95Ms: 10 },
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
            const url = `${node.address}/api/observations?${question(random, observations)}`;
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

/** An event of the later half of a log with so many observations. */
function asOf(random: Random, observations: number): string {
  const events = eventsOf(observations);
  return `asOf=${random.whole(events >> 1, events - 1)}`;
}

function ofKindAsOf(random: Random, observations: number): string {
  return `${kindOf(random)}&${asOf(random, observations)}`;
}

/** A day somewhere in the fourteen weeks. */
function dayOf(random: Random): string {
  const from = FIRST + random.whole(0, 97) * (SPAN / 98);
  const [begin, end] = [from, from + SPAN / 98].map((ms) => new Date(ms).toISOString());
  return `from=${begin}&to=${end}`;
}

const LIVE = 'live, of a kind';
const AS_OF = 'as of a random event, of a kind';
const slowerThan = (than: string): Aims => ({ slower: { times: 2, than } });

export const row: Row = {
  name: 'lists',
  title: 'a page of a list over HTTP, 1,000,000 reports',
  unit: 'page',
  rounds: 3,
  units: 300,
  contenders: [
    asking(LIVE, kindOf),
    asking(AS_OF, ofKindAsOf),
    asking('live, by occurrence', (random) => `order=occurred&${kindOf(random)}`),
    asking('as of a random event, a day by occurrence', (random, observations) => {
      return `order=occurred&${dayOf(random)}&${asOf(random, observations)}`;
    }),
    asking(`${LIVE}, of 3,000,000`, kindOf, slowerThan(LIVE), 3 * OBSERVATIONS),
    asking(`${AS_OF}, of 3,000,000`, ofKindAsOf, slowerThan(AS_OF), 3 * OBSERVATIONS),
  ],
};
