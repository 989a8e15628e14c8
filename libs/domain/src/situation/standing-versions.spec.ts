import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { changes, queries } from '../testing/arbitrary-rows.ts';
import { columnsOf } from '../testing/columns-of.ts';
import { figuresOf } from './packed-row.ts';
import { planSituation } from './situation-plan.ts';
import { standingVersions } from './standing-versions.ts';

const ALL = Number.POSITIVE_INFINITY;

describe('the versions that figures are summed from', () => {
  test('are no more than a window or a baseline of a figure reaches', () => {
    let told = 0;
    fc.assert(
      fc.property(changes, queries, (history, asked) => {
        const query = { ...asked, filter: {} };
        const asOf = history.length - 1;
        const columns = columnsOf(history);
        const versions = standingVersions(columns, query, asOf, ALL);
        const { earliest, previousFrom } = planSituation(query);
        versions?.minute.forEach((minute, at) => {
          const isFigure = figuresOf(versions.packed[at] ?? 0) !== 0;
          expect(minute).toBeGreaterThanOrEqual(isFigure ? earliest : previousFrom);
          told += 1;
        });
      }),
      { numRuns: 80 },
    );
    expect(told).toBeGreaterThan(20);
  });

  test('are not told where they are more than were asked for', () => {
    let refused = 0;
    fc.assert(
      fc.property(changes, queries, (history, asked) => {
        const query = { ...asked, filter: {} };
        const asOf = history.length - 1;
        const columns = columnsOf(history);
        const all = standingVersions(columns, query, asOf, ALL);
        const many = all?.from.length ?? 0;
        expect(standingVersions(columns, query, asOf, many)).toEqual(all);
        if (many === 0) return;
        expect(standingVersions(columns, query, asOf, many - 1)).toBeNull();
        refused += 1;
      }),
      { numRuns: 80 },
    );
    expect(refused).toBeGreaterThan(5);
  });
});
