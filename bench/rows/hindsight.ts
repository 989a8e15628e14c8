import { hindsightOf } from '@ceasewatch/domain/hindsight/column-hindsight';
import type { SituationQuery } from '@ceasewatch/domain/situation/situation';
import { randomOf } from '@ceasewatch/domain/testing/random';
import { EventTimes } from '../../apps/api/src/read-model/event-times.ts';
import { momentOf } from '../../apps/api/src/read-model/event-table.ts';
import type { Contender, Row } from '../harness.ts';
import { latencyOf } from '../load/quantiles.ts';
import { MILLION, syntheticWorld } from '../synthetic-world.ts';

/** Known then against known now at random moments of a million events: one pass on one core, nothing kept. */
function contender(
  name: string,
  more: Pick<SituationQuery, 'window' | 'filter' | 'from'>,
): Contender {
  return {
    name,
    aims: { p95Ms: 50 },
    async start() {
      const { db, columns, seq: last } = syntheticWorld(MILLION);
      const random = randomOf(name);
      const times = new EventTimes(db).upTo(last);
      return {
        async run(count) {
          const millis = Float64Array.from({ length: count }, () => {
            const seq = random.whole(Math.floor(last / 2), last);
            const at = `${momentOf(db, seq).slice(0, 16)}:00.000Z`;
            const begun = performance.now();
            hindsightOf(columns, { at, zone: 'Europe/Moscow', ...more }, seq, times);
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
  name: 'hindsight',
  title: 'known then against known now, 1,000,000 events, one core',
  unit: 'question',
  rounds: 3,
  units: 40,
  contenders: [
    contender('30 d', { window: '30d', filter: {} }),
    contender('all, one contingent', {
      window: 'all',
      from: '2026-08-15T00:00:00.000Z',
      filter: { contingent: ['alfa'] },
    }),
  ],
};
