import { situationOf } from '@ceasewatch/domain/situation/column-pass';
import type { SituationQuery } from '@ceasewatch/domain/situation/situation';
import { type Random, randomOf } from '@ceasewatch/domain/testing/random';
import { momentOf } from '../../apps/api/src/read-model/event-table.ts';
import { asking, asOf } from '../asking.ts';
import type { Aims, Contender, Row } from '../harness.ts';
import { latencyOf } from '../load/quantiles.ts';
import { FIRST, SPAN } from '../synthetic-events.ts';
import { MILLION, syntheticWorld, type World } from '../synthetic-world.ts';

/**
 * The whole situation as of random events of a million by one pass over columns, each another question;
 * the same of three million; and SQL over the version rows that counts hour by kind and nothing else.
 * All from memory, on one core. Over HTTP it is what a dashboard waits for: the answer of a node with a
 * million reports, asked, looked up, written as JSON and read.
 */
type Asked = Pick<SituationQuery, 'window' | 'filter'>;
const DAY: Asked = { window: '24h', filter: {} };
const MONTH_OF_ONE: Asked = { window: '30d', filter: { contingent: ['alfa'] } };
const ALL: Asked = { window: 'all', filter: {} };

function columnPass(name: string, asked: Asked, aims: Aims, observations = MILLION): Contender {
  return contender(name, aims, observations, ({ columns }, seq, at) => {
    const query = { at, from: new Date(FIRST).toISOString(), zone: 'Europe/Moscow', ...asked };
    situationOf(columns, query, [], seq);
  });
}

function hourByKind(): Contender {
  return contender(
    'SQL over version rows, 24 h, hour × kind only',
    {},
    MILLION,
    ({ db }, seq, at) =>
      db
        .prepare(
          `SELECT packed & 31 AS kind, began / 3600000 AS hour, count(*) AS n
           FROM observation_version INDEXED BY observation_version_began
          WHERE began >= ? AND began < ? AND from_seq <= ? AND to_seq > ?
          GROUP BY kind, hour`,
        )
        .all(Date.parse(at) - SPAN / 98, Date.parse(at), seq, seq),
  );
}

function overHttp(name: string, { window, filter }: Asked, aims: Aims): Contender {
  const told = new URLSearchParams({ window });
  for (const contingent of filter.contingent ?? []) told.append('contingent', contingent);
  const question = (random: Random, reports: number) =>
    `situation?${told.toString()}&${asOf(random, reports)}`;
  return asking(`${name}, over HTTP`, question, aims);
}

function contender(
  name: string,
  aims: Aims,
  observations: number,
  ask: (of: World, seq: number, at: string) => unknown,
): Contender {
  return {
    name,
    aims,
    async start() {
      const world = syntheticWorld(observations);
      const random = randomOf('situation');
      return {
        async run(count) {
          const millis = Float64Array.from({ length: count }, () => {
            const seq = random.whole(Math.floor(world.seq / 2), world.seq);
            const at = `${momentOf(world.db, seq).slice(0, 16)}:00.000Z`;
            const begun = performance.now();
            ask(world, seq, at);
            return performance.now() - begun;
          });
          return latencyOf(millis);
        },
        stop: async () => undefined,
      };
    },
  };
}

export const row: Row = {
  name: 'situation',
  title: 'whole situation as of a random event, 1,000,000 events, one core',
  unit: 'question',
  rounds: 3,
  units: 100,
  contenders: [
    columnPass('24 h', DAY, { p95Ms: 10 }),
    columnPass('30 d, one contingent', MONTH_OF_ONE, { p95Ms: 50 }),
    columnPass('all 98 d', ALL, { p95Ms: 50 }),
    hourByKind(),
    overHttp('24 h', DAY, { p95Ms: 10 }),
    overHttp('30 d, one contingent', MONTH_OF_ONE, { p95Ms: 50 }),
    overHttp('all 98 d', ALL, { p95Ms: 50 }),
    columnPass('24 h of 3,000,000', DAY, { slower: { times: 3.3, than: '24 h' } }, 3 * MILLION),
    columnPass(
      'all 98 d of 3,000,000',
      ALL,
      { slower: { times: 3.3, than: 'all 98 d' } },
      3 * MILLION,
    ),
  ],
};
