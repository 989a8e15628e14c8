import { randomOf } from '@ceasewatch/domain/testing/random';
import { textWordsOf, eventsTelling } from '../../apps/api/src/observation/told-words.queries.ts';
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
    const passes = columns.test(db, test(random));
    let found = 0;
    for (let at = random.whole(0, seq); at >= 0 && found < PAGE; at -= 1) {
      if (passes?.(at) === true) found += 1;
    }
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
    const { sql, values } = eventsTelling(viewer, textWordsOf(words(random)), stretch, PAGE);
    db.prepare(sql).all(...values);
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
  ],
};
