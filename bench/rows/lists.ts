import { KINDS } from '@ceasewatch/domain/observation/vocabulary';
import type { Random } from '@ceasewatch/domain/testing/random';
import { asking, asOf } from '../asking.ts';
import type { Aims, Contender, Row } from '../harness.ts';
import { OBSERVATIONS } from '../large-log.ts';
import { FIRST, idOf, SPAN } from '../synthetic-events.ts';

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

/** Twenty questions: after the first of each its pages are warm. */
const kindOf = (random: Random) => `kind=${KINDS[random.whole(0, 19)] ?? ''}`;

function ofKindAsOf(random: Random, observations: number): string {
  return `${kindOf(random)}&${asOf(random, observations)}`;
}

/** Four hundred questions, each with some 2,500 reports of a million. */
const kindAndUnit = (random: Random) => `${kindOf(random)}&unit=${idOf(100 + random.whole(0, 19))}`;

/** A number that one narrative of 997 has. */
const rareWord = (random: Random) => `q=bursts+${random.whole(100, 996)}`;

/** Words that every narrative has. */
const COMMON = ['bursts', 'direction', 'mill', 'silence', 'from', 'then'] as const;
const commonWords = (random: Random) => `q=${random.pick(COMMON)}+${random.pick(COMMON)}`;

/** A box of a twentieth of a degree: one report of four hundred. */
function boxOf(random: Random): string {
  const [west, south] = [46.3 + random.next() * 0.95, 39.5 + random.next() * 0.95];
  return `bbox=${[west, south, west + 0.05, south + 0.05].map((each) => each.toFixed(6)).join()}`;
}

function occurredUntil(random: Random): string {
  const until = FIRST + SPAN / 2 + random.whole(0, SPAN / 2);
  return `occurredUntil=${new Date(until).toISOString()}`;
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
    page('live, of a kind and a unit', kindAndUnit),
    page('live, a rare word', rareWord),
    page('live, two words that all have', commonWords),
    page('live, in a box', boxOf),
    page('live, what had occurred until then', occurredUntil),
    page(`${LIVE}, of 3,000,000`, kindOf, slowerThan(LIVE), 3 * OBSERVATIONS),
    page(`${AS_OF}, of 3,000,000`, ofKindAsOf, slowerThan(AS_OF), 3 * OBSERVATIONS),
  ],
};
