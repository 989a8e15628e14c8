import { KINDS, MEANS } from '@ceasewatch/domain/observation/vocabulary';
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

/** Words that every narrative has, by all of their beginnings: as somebody types them. */
const COMMON = ['bursts', 'direction', 'mill', 'silence', 'from', 'then'] as const;
const typed = (random: Random, word: string) => word.slice(0, random.whole(1, word.length));
function commonWords(random: Random): string {
  return `q=${typed(random, random.pick(COMMON))}+${typed(random, random.pick(COMMON))}`;
}

/** Of the five that are told of; means are drawn anew and so is how many of them are wanted. */
function anyMeans(random: Random): string {
  return `means=${MEANS.slice(random.whole(0, 3), 4 + random.whole(0, 1)).join()}`;
}

/** One report of twenty. */
const late = (random: Random) => `late=true&${kindOf(random)}`;

/** What no report passes, where a walk would not end before all were looked at. */
const nothing = (random: Random) => `retracted=true&late=${random.chance(0.5)}&${kindOf(random)}`;

/** A box so many degrees wide and high: of 0.05, one report of four hundred, of 0.7 every second one. */
function boxOf(degrees: number): (random: Random) => string {
  return (random) => {
    const [west, south] = [46.3, 39.5].map((least) => least + random.next() * (1 - degrees));
    const corners = [west, south, (west ?? 0) + degrees, (south ?? 0) + degrees];
    return `bbox=${corners.map((each) => each?.toFixed(6)).join()}`;
  };
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

/** The same as of an event of the later half. */
function past(question: (random: Random) => string) {
  return (random: Random, observations: number) =>
    `${question(random)}&${asOf(random, observations)}`;
}

const LIVE = 'live, of a kind';
const AS_OF = 'as of a random event, of a kind';
const WORDS = 'live, two words that all have';
const PAST_WORDS = 'as of a random event, two words that all have';
const BOX = 'as of a random event, in a box';
const UNTIL = 'as of a random event, what had occurred until then';
/** Of three times as many: as quick as any, and not twice the time. */
const grown = (than: string): Aims => ({ p95Ms: 10, slower: { times: 2, than } });

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
    page('as of a random event, a rare word', past(rareWord)),
    page(WORDS, commonWords),
    page(PAST_WORDS, past(commonWords)),
    page('as of a random event, a common word, by occurrence', (random, observations) => {
      return `order=occurred&${past(commonWords)(random, observations)}`;
    }),
    page('live, in a box', boxOf(0.05)),
    page(BOX, past(boxOf(0.7))),
    page('live, by means', anyMeans),
    page('as of a random event, by means', past(anyMeans)),
    page('live, what had occurred until then', occurredUntil),
    page(UNTIL, past(occurredUntil)),
    page('live, late', late),
    page('as of a random event, late', past(late)),
    page('as of a random event, what none passes', past(nothing)),
    ...[
      [LIVE, kindOf] as const,
      [AS_OF, ofKindAsOf] as const,
      [WORDS, commonWords] as const,
      [PAST_WORDS, past(commonWords)] as const,
      [BOX, past(boxOf(0.7))] as const,
      [UNTIL, past(occurredUntil)] as const,
    ].map(([name, question]) =>
      page(`${name}, of 3,000,000`, question, grown(name), 3 * OBSERVATIONS),
    ),
  ],
};
