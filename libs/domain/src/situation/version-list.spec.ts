import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatInstant, parseInstant } from '../measure/instant.ts';
import { changes, filters, MIDDLE } from '../testing/arbitrary-rows.ts';
import { ColumnConditions } from './column-conditions.ts';
import { compileFilter } from './observation-filter.ts';
import type { Change, ObservationRow } from './observation-row.ts';
import { passingVersions } from './passing-versions.ts';
import type { ObservationFilter } from './situation.ts';
import { SituationColumns } from './situation-columns.ts';
import { type Listed, versionList } from './version-list.ts';

const HOUR = 3_600_000;
const instants = fc.integer({ min: -60 * HOUR, max: 60 * HOUR }).map((ms) => MIDDLE + ms);
const questions = fc.record({
  // Most filters let few pass, and a list of few is one page.
  filter: fc.oneof(fc.constant({}), filters),
  from: fc.option(instants.map(formatInstant), { nil: undefined }),
  to: fc.option(instants.map(formatInstant), { nil: undefined }),
  cut: fc.nat(),
  order: fc.constantFrom('recorded' as const, 'occurred' as const, 'log' as const),
  limit: fc.integer({ min: 1, max: 7 }),
});

describe('a list of versions', () => {
  test('is page by page what the predicate lets pass, whatever was asked before and recorded since', () => {
    fc.assert(
      fc.property(
        changes,
        fc.array(questions, { minLength: 1, maxLength: 6 }),
        (history, asked) => {
          const columns = new SituationColumns(3);
          const conditions = new ColumnConditions(columns);
          let told = 0;
          asked.forEach(({ filter: words, from, to, cut, order, limit }, n) => {
            const upTo = Math.ceil((history.length * (n + 1)) / asked.length);
            for (const change of history.slice(told, upTo)) carryOn(columns, change);
            told = upTo;
            const filter: ObservationFilter = {
              ...words,
              ...(from && { from }),
              ...(to && { to }),
            };
            const asOf = cut % (upTo + 1);
            const bits = passingVersions(columns, conditions, filter, asOf);
            const expected = inForce(history.slice(0, Math.min(upTo, asOf + 1)))
              .filter(compileFilter(filter))
              .toSorted(ORDERS[order]);
            const rows: number[] = [];
            for (let behind: Listed | undefined, more = true; more;) {
              const list = versionList(columns, bits, { order, behind, limit });
              expect(list.matching).toBe(expected.length);
              rows.push(...list.page.map(({ fromSeq }) => fromSeq));
              behind = list.page.at(-1);
              ({ more } = list);
            }
            expect(rows).toEqual(expected.map(({ fromSeq }) => fromSeq));
          });
        },
      ),
      { numRuns: 1_500 },
    );
  }, 240_000);

  test('is the same of columns that were loaded, their ends known', () => {
    fc.assert(
      fc.property(changes, filters, fc.nat(), (history, filter, cut) => {
        const asOf = cut % (history.length + 1);
        const columns = loadedOf(history);
        const bits = passingVersions(columns, new ColumnConditions(columns), filter, asOf);
        const list = versionList(columns, bits, { order: 'recorded', limit: 100 });
        const expected = inForce(history.slice(0, asOf + 1)).filter(compileFilter(filter));
        expect(list.page.map(({ fromSeq }) => fromSeq)).toEqual(
          expected.toSorted(laterTold).map(({ fromSeq }) => fromSeq),
        );
        expect(list.matching).toBe(expected.length);
      }),
      { numRuns: 500 },
    );
  }, 120_000);

  test('says when what it lists began, to the millisecond', () => {
    fc.assert(
      fc.property(changes, (history) => {
        const columns = loadedOf(history);
        const conditions = new ColumnConditions(columns);
        const bits = passingVersions(columns, conditions, {}, history.length);
        const { page } = versionList(columns, bits, { order: 'occurred', limit: 100 });
        const began = new Map(
          inForce(history).map(({ fromSeq, when }) => [fromSeq, parseInstant(when.from).ms]),
        );
        for (const each of page) expect(each.began).toBe(began.get(each.fromSeq));
      }),
      { numRuns: 100 },
    );
  });

  test('has nothing where free text was asked and nobody looked for it', () => {
    const columns = loadedOf([]);
    const conditions = new ColumnConditions(columns);
    expect([...passingVersions(columns, conditions, { q: 'mill' }, 0)]).toEqual([]);
  });
});

function carryOn(columns: SituationColumns, { before, after, seq }: Change): void {
  if (before !== null) columns.end(before.fromSeq, seq);
  if (after !== null) columns.append(after, before);
}

function loadedOf(history: readonly Change[]): SituationColumns {
  const ends = new Map(
    history.flatMap(({ before, seq }) => (before ? [[before.fromSeq, seq]] : [])),
  );
  const columns = new SituationColumns(3);
  for (const { before, after } of history) {
    if (after !== null)
      columns.append({ ...after, toSeq: ends.get(after.fromSeq) ?? null }, before);
  }
  return columns;
}

function inForce(history: readonly Change[]): readonly ObservationRow[] {
  const rows = new Map(history.flatMap(({ after }) => (after ? [[after.id, after] as const] : [])));
  return [...rows.values()];
}

function laterTold(one: ObservationRow, other: ObservationRow): number {
  return other.fromSeq - one.fromSeq;
}

function laterBegun(one: ObservationRow, other: ObservationRow): number {
  if (one.when.from === other.when.from) return other.fromSeq - one.fromSeq;
  return one.when.from < other.when.from ? 1 : -1;
}

const ORDERS = {
  recorded: laterTold,
  occurred: laterBegun,
  log: (one: ObservationRow, other: ObservationRow) => one.fromSeq - other.fromSeq,
};
