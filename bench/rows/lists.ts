import { KINDS } from '@ceasewatch/domain/observation/vocabulary';
import type { Random } from '@ceasewatch/domain/testing/random';
import { asking, asOf } from '../asking.ts';
import type { Aims, Contender, Row } from '../harness.ts';
import { OBSERVATIONS } from '../large-log.ts';
import { FIRST, SPAN } from '../synthetic-events.ts';

/** Pages of fifty. */
function page(
  name: string,
  question: (random: Random, observations: number) => string,
  aims: Aims = { p95Ms: 10 },
  observations = OBSERVATIONS,
): Contender {
  const asked = (random: Random) => `observations?${question(random, observations)}`;
  return asking(name, asked, aims, observations);
}

const kindOf = (random: Random) => `kind=${KINDS[random.whole(0, 19)] ?? ''}`;

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
    page(LIVE, kindOf),
    page(AS_OF, ofKindAsOf),
    page('live, by occurrence', (random) => `order=occurred&${kindOf(random)}`),
    page('as of a random event, a day by occurrence', (random, observations) => {
      return `order=occurred&${dayOf(random)}&${asOf(random, observations)}`;
    }),
    page(`${LIVE}, of 3,000,000`, kindOf, slowerThan(LIVE), 3 * OBSERVATIONS),
    page(`${AS_OF}, of 3,000,000`, ofKindAsOf, slowerThan(AS_OF), 3 * OBSERVATIONS),
  ],
};
