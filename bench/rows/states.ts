import { situationOf } from '@ceasewatch/domain/situation/column-pass';
import { type AskedState, situationsOf } from '@ceasewatch/domain/situation/moving-situation';
import type { Situation } from '@ceasewatch/domain/situation/situation';
import type { SituationColumns } from '@ceasewatch/domain/situation/situation-columns';
import { randomOf } from '@ceasewatch/domain/testing/random';
import type { Contender, Row } from '../harness.ts';
import { FIRST, SPAN } from '../synthetic-events.ts';
import { MILLION, syntheticWorld } from '../synthetic-world.ts';

/**
 * The situations of a second of a play at a day a second, from a random event of a million: each made of
 * the one before, beside a pass for each. Both from memory, on one core.
 */
const STATES = 20;
const DAY_MS = 86_400_000;

function secondOfAPlay(last: number, share: number): readonly AskedState[] {
  return Array.from({ length: STATES }, (_, place) => {
    const ms = FIRST + share * (SPAN - DAY_MS) + (place * DAY_MS) / STATES;
    const at = new Date(Math.floor(ms / 60_000) * 60_000).toISOString();
    return {
      seq: Math.floor(((ms - FIRST) / SPAN) * last),
      query: { at, window: '30d', zone: 'Europe/Moscow', filter: {} },
      sectors: [],
    };
  });
}

type Ask = (columns: SituationColumns, asked: readonly AskedState[]) => readonly Situation[];

function playing(name: string, ask: Ask): Contender {
  return {
    name,
    async start() {
      const { columns, seq } = syntheticWorld(MILLION);
      const random = randomOf('states');
      return {
        async run(count) {
          for (let done = 0; done < count; done += STATES)
            ask(columns, secondOfAPlay(seq, random.whole(300, 1_000) / 1_000));
        },
        stop: async () => undefined,
      };
    },
  };
}

const eachByItself: Ask = (columns, asked) =>
  asked.map(({ query, sectors, seq }) => situationOf(columns, query, sectors, seq));

export const row: Row = {
  name: 'states',
  title: 'the figures of a log that is played at a day a second, 1,000,000 events, one core',
  unit: 'state',
  rounds: 3,
  units: 400,
  aim: { ratio: 3, of: 'each by itself' },
  contenders: [
    playing('each made of the one before', situationsOf),
    playing('each by itself', eachByItself),
  ],
};
