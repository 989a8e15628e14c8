import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compileFilter } from '../situation/observation-filter.ts';
import type { Change, ObservationRow } from '../situation/observation-row.ts';
import type { SituationQuery } from '../situation/situation.ts';
import { SituationColumns } from '../situation/situation-columns.ts';
import { situationOf } from '../situation/column-pass.ts';
import { resumeSituation, toSituation } from '../situation/situation-fold.ts';
import { changes, queries, SECTORS } from '../testing/arbitrary-rows.ts';
import { columnDifference, MOVED_FIGURES } from './column-difference.ts';
import {
  applyDifference,
  applyToSituation,
  changeOf,
  type Difference,
  differenceOf,
  type ShownState,
  turnedRound,
} from './difference.ts';
import { fieldDifferences } from './field-differences.ts';
import { columnsOf } from '../testing/columns-of.ts';

/** A history, two of its moments in order (-1 is before the first event), and any question. */
const cases = fc.tuple(changes, fc.nat(), fc.nat(), queries).map(([history, one, other, query]) => {
  const [from = -1, to = -1] = [one, other]
    .map((cut) => (cut % (history.length + 1)) - 1)
    .toSorted((a, b) => a - b);
  return { history, from, to, query };
});

describe('the difference of two moments', () => {
  test('added to the state at the earlier gives the state at the later, turned round it undoes that, for any filter', () => {
    fc.assert(
      fc.property(cases, ({ history, from, to, query }) => {
        const [then, now] = [stateAt(history, from, query), stateAt(history, to, query)];
        const difference = between(history, from, to, query);
        expect(applyDifference(then, difference)).toEqual(now);
        expect(applyDifference(now, turnedRound(difference))).toEqual(then);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  test('carries every figure from the earlier to the later and back, through JSON', () => {
    fc.assert(
      fc.property(cases, ({ history, from, to, query }) => {
        const columns = columnsOf(history);
        const [then, now] = [from, to].map((seq) => situationOf(columns, query, SECTORS, seq));
        if (then === undefined || now === undefined) throw new Error('two moments, two situations');
        const difference: Difference = JSON.parse(
          JSON.stringify(between(history, from, to, query)),
        );
        const fold = resumeSituation(then);
        applyToSituation(fold, difference);
        expect(toSituation(fold)).toEqual(now);
        applyToSituation(fold, turnedRound(difference));
        expect(toSituation(fold)).toEqual(then);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  test('of two differences that meet is the difference of their ends', () => {
    fc.assert(
      fc.property(cases, fc.nat(), ({ history, from, to, query }, cut) => {
        const middle = from + (cut % (to - from + 1));
        const halves = [between(history, from, middle, query), between(history, middle, to, query)];
        const state = halves.reduce(applyDifference, stateAt(history, from, query));
        expect(state).toEqual(stateAt(history, to, query));
      }),
    );
  });

  test('begins where its state stands and nowhere else', () => {
    const difference = between([], -1, -1, { filter: {} });
    expect(() => applyDifference({ seq: 3, rows: new Map() }, difference)).toThrow(RangeError);
  });
});

describe('a pass over columns', () => {
  test('finds the same observations, page by page, with the same versions and the same words for them', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 7 }), ({ history, from, to, query }, limit) => {
        const columns = columnsOf(history);
        const told = between(history, from, to, query);
        const keys = [];
        for (let after = -1, more = true; more;) {
          const answer = columnDifference(columns, { from, to, query, after, limit }, undefined);
          keys.push(...answer.page);
          ({ more } = answer);
          after = answer.page.at(-1)?.after ?? after;
          expect(Object.values(answer.totals).reduce((sum, each) => sum + each)).toBe(
            answer.matching,
          );
        }
        expect(keys.map(({ after }) => after)).toEqual(
          keys.map(({ after }) => after).toSorted((one, other) => one - other),
        );
        // What no list shows, then or now, was recorded and taken back meanwhile.
        const shown = keys.filter((key) => key.shown.then || key.shown.now);
        expect(
          shown.map(({ before, after, shown: seen }) => ({ before, after, shown: seen })),
        ).toEqual(
          told.changed
            .map((each) => ({
              before: each.before?.fromSeq ?? null,
              after: each.after?.fromSeq,
              shown: each.shown,
            }))
            .toSorted((one, other) => Number(one.after) - Number(other.after)),
        );
        for (const { before, after, change } of keys) {
          expect(change).toBe(wordFor(history, from, to, before, after));
        }
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  test('names for every figure exactly the observations without which it would not have moved', () => {
    fc.assert(
      fc.property(cases, ({ history, from, to, query }) => {
        const columns = columnsOf(history);
        const asked = { from, to, query, after: -1, limit: 500 };
        const { page, moved } = columnDifference(columns, asked, undefined);
        const told = new Map(
          between(history, from, to, query).changed.map((each) => [each.after?.fromSeq, each]),
        );
        for (const { after, figures } of page) {
          const one = told.get(after);
          expect(figures).toEqual(one === undefined ? [] : movedBy(one, query));
        }
        for (const name of MOVED_FIGURES) {
          const events = page.filter(({ figures }) => figures.includes(name));
          expect(moved[name]).toEqual({
            observations: events.length,
            events: events.map(({ after }) => after),
          });
          const only = columnDifference(columns, { ...asked, figure: name }, undefined);
          expect(only).toMatchObject({ matching: events.length, page: events });
        }
      }),
      { numRuns: 120 },
    );
  }, 60_000);
});

describe('the fields that differ', () => {
  test('are those that say something else, with what they said and say', () => {
    const before = {
      kind: 'shot',
      count: { value: 3, unit: 'shot' },
      means: ['heard'],
      via: 'form',
    };
    const after = { kind: 'burst', count: { unit: 'shot', value: 3 }, means: ['heard', 'seen'] };
    expect(fieldDifferences(before, after)).toEqual([
      { field: 'kind', before: 'shot', after: 'burst' },
      { field: 'means', before: ['heard'], after: ['heard', 'seen'] },
      { field: 'via', before: 'form', after: null },
    ]);
  });
});

type Asked = Pick<SituationQuery, 'filter' | 'occurredUntil'>;

function testsOf({ filter, occurredUntil }: Asked) {
  const axis = occurredUntil === undefined ? {} : { to: occurredUntil };
  return [compileFilter({ ...filter, ...axis }), compileFilter(axis)] as const;
}

function between(history: readonly Change[], from: number, to: number, asked: Asked): Difference {
  return differenceOf(history.slice(from + 1, to + 1), from, to, ...testsOf(asked));
}

/** By adding up all events up to a moment, which is what the difference must agree with. */
function stateAt(history: readonly Change[], seq: number, asked: Asked): ShownState {
  const [passes] = testsOf(asked);
  const rows = new Map<string, ObservationRow>();
  for (const { after } of history.slice(0, seq + 1)) if (after !== null) rows.set(after.id, after);
  return { seq, rows: new Map([...rows].filter(([, row]) => passes(row))) };
}

function wordFor(
  history: readonly Change[],
  from: number,
  to: number,
  before: number | null,
  after: number,
) {
  const rowAt = (seq: number | null) => (seq === null ? undefined : history[seq]?.after);
  const { id = '' } = rowAt(after) ?? {};
  const meanwhile = history
    .slice(from + 1, to + 1)
    .filter((change) => change.after?.id === id && change.seq < after);
  return changeOf(
    rowAt(before)?.status ?? null,
    rowAt(after)?.status ?? 'recorded',
    meanwhile.some((change) => change.after?.status === 'retracted'),
  );
}

/** By folding the one observation out and in. */
function movedBy(one: Difference['changed'][number], query: SituationQuery) {
  const empty = situationOf(new SituationColumns(), query, SECTORS, -1);
  const [passes] = testsOf(query);
  const figuresOf = (row: ObservationRow | null) => {
    const fold = resumeSituation(empty);
    const changed = [{ before: null, after: row, shown: { then: false, now: true } }];
    if (row !== null && passes(row))
      applyToSituation(fold, { from: -1, to: 0, standing: 0, changed });
    return toSituation(fold);
  };
  const [then, now] = [figuresOf(one.before), figuresOf(one.after)];
  const valueOf = (name: (typeof MOVED_FIGURES)[number], of: typeof then) =>
    name === 'matching' ? of.matching : [of.figures[name].reports, of.figures[name].items];
  return MOVED_FIGURES.filter((name) => {
    const [old, told] = [valueOf(name, then), valueOf(name, now)];
    return JSON.stringify(old) !== JSON.stringify(told);
  });
}
