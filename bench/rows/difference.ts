import type { Viewer } from '@ceasewatch/domain/access/viewer';
import { columnDifference } from '@ceasewatch/domain/difference/column-difference';
import { situationOf } from '@ceasewatch/domain/situation/column-pass';
import type { SituationQuery } from '@ceasewatch/domain/situation/situation';
import { randomOf } from '@ceasewatch/domain/testing/random';
import { centreChanges } from '../../apps/api/src/centre/centre-changes.queries.ts';
import { changedObservations } from '../../apps/api/src/observation/changed-observations.queries.ts';
import { momentOf } from '../../apps/api/src/read-model/event-table.ts';
import type { Contender, Row } from '../harness.ts';
import { latencyOf } from '../load/quantiles.ts';
import { MILLION, syntheticWorld, type World } from '../synthetic-world.ts';

/**
 * The difference of two random moments a week apart in a million events: three situations, one pass for
 * what changed, a page of it read from the rows. All on one core and nothing kept, as in the worst case.
 */
/** 98 days lie in the log. */
const WEEK = 1 / 14;
const ANALYST: Viewer = { officer: null, contingent: 'alfa', role: 'analyst' };
function contender(name: string, more: Pick<SituationQuery, 'window' | 'filter'>): Contender {
  return {
    name,
    aims: { p95Ms: 200 },
    async start() {
      const asked = syntheticWorld(MILLION);
      const random = randomOf(name);
      return {
        async run(count) {
          const millis = Float64Array.from({ length: count }, () => {
            const from = random.whole(0, Math.floor(asked.seq * (1 - WEEK)));
            const begun = performance.now();
            ask(asked, from, from + Math.floor(asked.seq * WEEK), more);
            return performance.now() - begun;
          });
          return latencyOf(millis);
        },
        stop: async () => undefined,
      };
    },
  };
}

function ask(
  { db, columns }: World,
  from: number,
  to: number,
  more: Pick<SituationQuery, 'window' | 'filter'>,
): void {
  const queryAt = (seq: number): SituationQuery => ({
    at: `${momentOf(db, seq).slice(0, 16)}:00.000Z`,
    zone: 'Europe/Moscow',
    ...more,
  });
  const query = queryAt(to);
  situationOf(columns, queryAt(from), [], from);
  situationOf(columns, query, [], from);
  situationOf(columns, query, [], to);
  const asked = { from, to, query, after: -1, limit: 50 };
  const { page } = columnDifference(columns, asked, undefined);
  const items = changedObservations(db, ANALYST, page, from, to);
  if (items.length !== 50) throw new Error(`a week has ${items.length} changes`);
  centreChanges(db, from, to);
}

export const row: Row = {
  name: 'difference',
  title: 'difference of two moments a week apart, 1,000,000 events, one core',
  unit: 'question',
  rounds: 3,
  units: 40,
  contenders: [
    contender('24 h', { window: '24h', filter: {} }),
    contender('30 d, one contingent', { window: '30d', filter: { contingent: ['alfa'] } }),
  ],
};
