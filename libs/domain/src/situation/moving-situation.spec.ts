import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatInstant, HOUR_MS, MINUTE_MS, parseInstant } from '../measure/instant.ts';
import { changes, MIDDLE, queries, SECTORS } from '../testing/arbitrary-rows.ts';
import { columnsOf } from '../testing/columns-of.ts';
import { situationOf } from './column-pass.ts';
import { type AskedState, situationsOf } from './moving-situation.ts';
import type { ObservationRow } from './observation-row.ts';
import type { SituationQuery } from './situation.ts';

const named = SECTORS.slice(0, 2);
const QUARTER_MS = 15 * MINUTE_MS;
/** Of most filters little is left over. */
const unfiltered = queries.map((query): SituationQuery => ({ ...query, filter: {} }));

/** Told of any year, most reports are never in a window: these all began within weeks of the queries. */
const dense = changes.map((history) =>
  history.map((change) => ({
    ...change,
    before: change.before && near(change.before),
    after: change.after && near(change.after),
  })),
);

function near(row: ObservationRow): ObservationRow {
  const { ms } = parseInstant(row.when.from);
  const beyond = (((ms - MIDDLE) % NEAR_MS) + NEAR_MS) % NEAR_MS;
  return { ...row, when: { ...row.when, from: formatInstant(MIDDLE - NEAR_MS + beyond) } };
}
const NEAR_MS = 40 * 24 * HOUR_MS;

/** In quarters of an hour: the same minute, less than half a day, sometimes weeks, or back. */
const pause = fc.oneof(fc.constant(0), fc.nat(48), fc.nat(48), fc.integer({ min: -9, max: 3_000 }));

describe('figures that are played', () => {
  test.each([
    ['told of any year, through a filter', changes, queries],
    ['told of some weeks', dense, unfiltered],
  ])(
    'are at every event those of that event alone, while their windows move on: %s',
    (_name, histories, views) => {
      let moved = 0;
      fc.assert(
        fc.property(
          histories,
          views,
          fc.nat(),
          fc.array(pause),
          fc.array(fc.integer({ min: 1, max: 4 })),
          (history, query, cut, pauses, steps) => {
            const columns = columnsOf(history);
            const asked: AskedState[] = [];
            let at = parseInstant(query.at).ms;
            for (let seq = cut % (history.length + 1); seq < history.length;) {
              asked.push({ seq, query: { ...query, at: formatInstant(at) }, sectors: named });
              seq += steps[seq % Math.max(1, steps.length)] ?? 1;
              at += (pauses[seq % Math.max(1, pauses.length)] ?? 0) * QUARTER_MS;
            }
            const each = asked.map((state) =>
              situationOf(columns, state.query, state.sectors, state.seq),
            );
            expect(situationsOf(columns, asked)).toEqual(each);
            moved += new Set(
              each.map(({ matching, figures }) => JSON.stringify([matching, figures])),
            ).size;
          },
        ),
        { numRuns: 100 },
      );
      // A comparison of nothing with nothing would say nothing.
      expect(moved).toBeGreaterThan(100);
    },
    60_000,
  );

  test('are those of the centre’s sectors and of the zone as they were at their event', () => {
    fc.assert(
      fc.property(dense, unfiltered, (history, query) => {
        const columns = columnsOf(history);
        const asked = history.map(({ seq }): AskedState => ({
          seq,
          query: { ...query, zone: seq % 3 === 0 ? 'Asia/Kathmandu' : 'UTC' },
          sectors: seq % 4 === 0 ? SECTORS : named,
        }));
        expect(situationsOf(columns, asked)).toEqual(
          asked.map((state) => situationOf(columns, state.query, state.sectors, state.seq)),
        );
      }),
      { numRuns: 20 },
    );
  }, 60_000);
});
