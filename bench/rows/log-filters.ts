import { randomOf } from '@ceasewatch/domain/testing/random';
import {
  eventsSaying,
  eventsTelling,
  nearTelling,
  textWordsOf,
} from '../../apps/api/src/observation/told-words.queries.ts';
import { EventColumns, type EventFacets } from '../../apps/api/src/read-model/event-columns.ts';
import { lastByInstants } from '../../apps/api/src/read-model/event-table.ts';
import type { Contender, Row } from '../harness.ts';
import { latencyOf } from '../load/quantiles.ts';
import { FIRST, idOf, SPAN } from '../synthetic-events.ts';
import { MILLION, syntheticWorld, type World } from '../synthetic-world.ts';

/**
 * The numbers of a page of 100 events that pass a filter of the Log screen, back from a random event of a
 * million, one core. Which filter is as random as which event; the worst looks at every event and finds none.
 */
const PAGE = 100;
const HOUR = 3_600_000;

const columns = new EventColumns();

type Random = ReturnType<typeof randomOf>;

const FILTERS: readonly ((random: Random) => EventFacets)[] = [
  () => ({ noun: 'observation' }),
  () => ({ type: 'observation.corrected.v1' }),
  (random) => ({ officer: idOf(300 + random.whole(0, 29)) }),
  () => ({ contingent: 'alfa' }),
  (random) => ({ unit: idOf(100 + random.whole(0, 19)) }),
  (random) => ({ unit: idOf(100 + random.whole(0, 19)), contingent: 'bravo', noun: 'observation' }),
];

function filtered(name: string, test: (random: Random) => EventFacets): Contender {
  return asking(name, ({ db, seq }, random) => {
    columns.test(db, test(random))?.walk(random.whole(0, seq), 0, PAGE);
  });
}

function asking(name: string, ask: (world: World, random: Random) => void): Contender {
  return {
    name,
    async start() {
      const world = syntheticWorld(MILLION);
      while (!columns.readOn(world.db, world.seq));
      const random = randomOf(name);
      return {
        async run(count) {
          const millis = Float64Array.from({ length: count }, () => {
            const begun = performance.now();
            ask(world, random);
            return performance.now() - begun;
          });
          return latencyOf(millis);
        },
        stop: async () => undefined,
      };
    },
  };
}

function telling(name: string, words: (random: Random) => string): Contender {
  return asking(name, ({ db, seq }, random) => {
    const stretch = { first: 0, last: seq, way: -1 } as const;
    const viewer = { officer: null, contingent: 'alfa', role: 'auditor' } as const;
    const asked = textWordsOf(words(random));
    const near = nearTelling(asked, stretch);
    const all = ({ sql, values }: ReturnType<typeof eventsTelling>) =>
      db.prepare(sql).all(...values);
    const found = near === undefined ? [] : all(eventsSaying(viewer, asked, near, PAGE));
    const rest = near === undefined ? stretch : { ...stretch, last: near.first - 1 };
    if (found.length < PAGE) all(eventsTelling(viewer, asked, rest, PAGE - found.length));
  });
}

export const row: Row = {
  name: 'log-filters',
  title: 'a page of the log by a filter, 1,000,000 events, one core',
  unit: 'question',
  rounds: 3,
  units: 60,
  aims: { p99Ms: 10 },
  contenders: [
    filtered(
      'noun, type, officer, contingent, unit',
      (random) => (FILTERS[random.whole(0, FILTERS.length - 1)] ?? FILTERS[0])?.(random) ?? {},
    ),
    filtered('none passes: every event is looked at', () => ({
      unit: idOf(100),
      occurredFrom: 0,
      occurredTo: FIRST - 8 * HOUR,
    })),
    filtered('occurred in one hour', (random) => {
      const occurredFrom = FIRST + random.whole(0, SPAN / HOUR - 1) * HOUR;
      return { occurredFrom, occurredTo: occurredFrom + HOUR };
    }),
    asking('recorded between two instants', ({ db, seq }, random) => {
      const from = FIRST + random.whole(0, SPAN - HOUR);
      lastByInstants(db, seq, [from, from + HOUR]);
    }),
    telling('words', (random) => `bursts ${random.whole(0, 996)}`),
    telling('beginning of a word that every report has', () => 'bur*'),
    telling('beginning of words that some have', (random) => `mill ${random.whole(1, 9)}*`),
  ],
};
