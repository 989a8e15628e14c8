import { situationOf } from '@ceasewatch/domain/situation/column-pass';
import type { SituationQuery } from '@ceasewatch/domain/situation/situation';
import type { Contender, Row } from '../harness.ts';
import { FIRST, SPAN } from '../synthetic-events.ts';
import { syntheticWorld, type World } from '../synthetic-world.ts';

/**
 * The whole situation of 100,000 observations by one pass over columns, beside SQL over the version
 * rows that counts hour by kind and nothing else. Both from memory, on one core.
 */
const OBSERVATIONS = 100_000;
const AT = Math.ceil((FIRST + SPAN) / 60_000) * 60_000;

function columnPass(name: string, more: Pick<SituationQuery, 'window' | 'filter'>): Contender {
  const query: SituationQuery = {
    at: new Date(AT).toISOString(),
    from: new Date(FIRST).toISOString(),
    zone: 'Europe/Moscow',
    ...more,
  };
  return contender(name, ({ columns, seq }) => situationOf(columns, query, [], seq));
}

function hourByKind(days: number): Contender {
  return contender('SQL over version rows, 24 h, hour × kind only', ({ db, seq }) =>
    db
      .prepare(
        `SELECT kind, began / 3600000 AS hour, count(*) AS n
           FROM observation_version INDEXED BY observation_version_began
          WHERE began >= ? AND began < ? AND from_seq <= ? AND to_seq > ?
          GROUP BY kind, hour`,
      )
      .all(AT - days * 86_400_000, AT, seq, seq),
  );
}

function contender(name: string, ask: (of: World) => unknown): Contender {
  return {
    name,
    async start() {
      const asked = syntheticWorld(OBSERVATIONS);
      return {
        async run(count) {
          for (let done = 0; done < count; done += 1) ask(asked);
        },
        stop: async () => undefined,
      };
    },
  };
}

export const row: Row = {
  name: 'situation',
  title: 'whole situation, 100,000 observations, one core',
  unit: 'question',
  rounds: 5,
  units: 40,
  // Five milliseconds a question: at ten times the observations a dashboard still answers in 50.
  aims: { perCore: 200 },
  contenders: [
    columnPass('columns, 24 h', { window: '24h', filter: {} }),
    columnPass('columns, 30 d, one contingent', {
      window: '30d',
      filter: { contingent: ['alfa'] },
    }),
    columnPass('columns, all 98 d', { window: 'all', filter: {} }),
    hourByKind(1),
  ],
};
