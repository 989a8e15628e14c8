import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { changes, filters, queries, SECTORS } from '../testing/arbitrary-rows.ts';
import { countOf, situationOf } from './column-pass.ts';
import { compileFilter } from './observation-filter.ts';
import type { Change, ObservationRow } from './observation-row.ts';
import type { SituationQuery } from './situation.ts';
import { SituationColumns } from './situation-columns.ts';
import { applyChange, emptySituation, resumeSituation, toSituation } from './situation-fold.ts';
import { columnsOf } from '../testing/columns-of.ts';

const named = SECTORS.slice(0, 2);

describe('the situation', () => {
  test('snapshot at N plus the changes N..M is the snapshot at M, through JSON, for any filter, window, zone and at', () => {
    fc.assert(
      fc.property(changes, queries, fc.nat(), (history, query, cut) => {
        const middle = cut % (history.length + 1);
        const snapshot = foldAll(query, history.slice(0, middle));
        const resumed = resumeSituation(JSON.parse(JSON.stringify(toSituation(snapshot))));
        for (const change of history.slice(middle)) applyChange(resumed, change);
        expect(toSituation(resumed)).toEqual(toSituation(foldAll(query, history)));
      }),
      { numRuns: 120 },
    );
  }, 60_000);

  test('changes taken back in reverse leave nothing behind', () => {
    fc.assert(
      fc.property(changes, queries, (history, query) => {
        const fold = foldAll(query, history);
        for (const { seq, before, after, ...rest } of history.toReversed()) {
          applyChange(fold, { ...rest, seq: seq - 1, before: after, after: before });
        }
        expect({ ...toSituation(fold), seq: -1 }).toEqual(
          toSituation(emptySituation(query, named)),
        );
      }),
      { numRuns: 120 },
    );
  }, 60_000);

  test('a pass over columns as of any event equals the fold of rows up to it', () => {
    fc.assert(
      fc.property(changes, queries, fc.nat(), (history, query, cut) => {
        const asOf = (cut % (history.length + 1)) - 1;
        const fold = foldAll(query, history.slice(0, asOf + 1));
        expect(situationOf(columnsOf(history), query, named, asOf)).toEqual({
          ...toSituation(fold),
          seq: asOf,
        });
      }),
      { numRuns: 120 },
    );
  }, 60_000);

  test('columns that are loaded with the ends of their versions answer like those that were told them', () => {
    fc.assert(
      fc.property(changes, queries, fc.nat(), (history, query, cut) => {
        const asOf = (cut % (history.length + 1)) - 1;
        const ended = new Map(history.map(({ before, seq }) => [before?.fromSeq, seq]));
        const loaded = new SituationColumns(3);
        for (const { after } of history) {
          if (after !== null) loaded.append({ ...after, toSeq: ended.get(after.fromSeq) ?? null });
        }
        expect(situationOf(loaded, query, named, asOf)).toEqual(
          situationOf(columnsOf(history), query, named, asOf),
        );
      }),
    );
  }, 60_000);

  test('chart, sectors and hours each add up to the number that matches', () => {
    fc.assert(
      fc.property(changes, queries, (history, query) => {
        const situation = toSituation(foldAll(query, history));
        const charted = situation.chart.flatMap((bucket) => Object.values(bucket.reports));
        expect(sum(charted)).toBe(situation.matching);
        expect(sum(situation.sectors.map(({ reports }) => reports))).toBe(situation.matching);
        expect(sum(situation.hourWeekday.flat()) + situation.withoutHour).toBe(situation.matching);
      }),
      { numRuns: 120 },
    );
  }, 60_000);

  test('a tile counts exactly the rows that its rule lists', () => {
    fc.assert(
      fc.property(changes, queries, (history, query) => {
        const columns = columnsOf(history);
        const { figures } = toSituation(foldAll(query, history));
        const late = {
          ...query.filter,
          from: figures.lateReports.from,
          to: earlier(figures.lateReports.to, query.occurredUntil),
          late: true,
        };
        // Of reports that came in time none is late.
        const expected = query.filter.late === false ? 0 : countOf(columns, late, history.length);
        expect(figures.lateReports.reports).toBe(expected);
      }),
    );
  });
});

describe('a filter', () => {
  test('over columns counts what the predicate lets pass, as of any event', () => {
    fc.assert(
      fc.property(changes, filters, fc.nat(), (history, filter, cut) => {
        const asOf = cut % (history.length + 1);
        const passing = inForce(history.slice(0, asOf + 1)).filter(compileFilter(filter));
        expect(countOf(columnsOf(history), filter, asOf)).toBe(passing.length);
      }),
      { numRuns: 120 },
    );
  }, 60_000);

  test('by free text is refused without the names of the centre', () => {
    expect(() => compileFilter({ q: 'Aghdam' })).toThrow(RangeError);
  });
});

function foldAll(query: SituationQuery, history: readonly Change[]) {
  const fold = emptySituation(query, named);
  for (const change of history) applyChange(fold, change);
  return fold;
}

function inForce(history: readonly Change[]): readonly ObservationRow[] {
  const rows = new Map<string, ObservationRow>();
  for (const { after } of history) if (after !== null) rows.set(after.id, after);
  return [...rows.values()];
}

function earlier(one: string, other: string | undefined): string {
  return other !== undefined && other < one ? other : one;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}
