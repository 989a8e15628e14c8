import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { changes, filters } from '../testing/arbitrary-rows.ts';
import { columnsOf } from '../testing/columns-of.ts';
import { versionParts } from '../testing/version-parts.ts';
import { compileFilter } from './observation-filter.ts';
import type { Change } from './observation-row.ts';
import type { ObservationFilter } from './situation.ts';
import { SituationColumns } from './situation-columns.ts';
import { standingCount } from './standing-count.ts';

/** What asks of one column, and what asks nothing though it looks like a question. */
const ofOneColumn = fc
  .tuple(filters, fc.constantFrom('kind and group', 'unit', 'sector', 'contingent', 'nothing'))
  .map(([{ kind, group, unit, sector, contingent }, asked]): ObservationFilter => {
    if (asked === 'kind and group') return { ...(kind && { kind }), ...(group && { group }) };
    if (asked === 'unit') return unit ? { unit } : {};
    if (asked === 'sector') return sector ? { sector } : {};
    if (asked === 'contingent') return contingent ? { contingent } : {};
    return { retracted: false, means: [] };
  });

describe('what stands as of an event, by a question of one column', () => {
  test('is what the predicate lets pass, however the columns came to be', () => {
    fc.assert(
      fc.property(changes, ofOneColumn, fc.nat(), (history, filter, cut) => {
        const asOf = cut % (history.length + 1);
        const expected = standing(history.slice(0, asOf + 1)).filter(compileFilter(filter)).length;
        expect(standingCount(columnsOf(history), filter, asOf)).toBe(expected);
        expect(standingCount(loadedOf(history), filter, asOf)).toBe(expected);
      }),
      { numRuns: 300 },
    );
  }, 120_000);

  test('is left to a pass where more is asked', () => {
    const columns = columnsOf([]);
    expect(standingCount(columns, { kind: ['burst'], contingent: ['alfa'] }, 0)).toBeUndefined();
    for (const filter of [{ late: false }, { retracted: true }, { from: '2026-08-15T04:00:00Z' }]) {
      expect(standingCount(columns, filter, 0)).toBeUndefined();
    }
  });

  test('is left to a pass where a column has more words than are worth a sum each', () => {
    const columns = new SituationColumns(3);
    const parts = (from: number) => versionParts({ from, unit: `unit ${from}` });
    for (let from = 0; from < 1_024; from += 1) columns.appendParts(parts(from));
    expect(standingCount(columns, { unit: ['unit 1023', 'unit 7'] }, 1_023)).toBe(2);
    columns.appendParts(parts(1_024));
    expect(standingCount(columns, { unit: ['unit 1023'] }, 1_024)).toBeUndefined();
    expect(standingCount(columns, {}, 1_024)).toBe(1_025);
  });
});

/** As a node loads them from its rows: in the order of the beginnings, their ends known. */
function loadedOf(history: readonly Change[]): SituationColumns {
  const ends = new Map(
    history.flatMap(({ before, seq }) => (before ? [[before.fromSeq, seq]] : [])),
  );
  const columns = new SituationColumns(3);
  for (const { after } of history) {
    if (after !== null) columns.append({ ...after, toSeq: ends.get(after.fromSeq) ?? null });
  }
  return columns;
}

function standing(history: readonly Change[]) {
  const rows = new Map(history.flatMap(({ after }) => (after ? [[after.id, after] as const] : [])));
  return [...rows.values()];
}
