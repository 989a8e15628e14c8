import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatInstant, MINUTE_MS, parseInstant } from '../measure/instant.ts';
import { changes, queries, SECTORS } from '../testing/arbitrary-rows.ts';
import { situationOf } from './column-pass.ts';
import { MovingSituation } from './moving-situation.ts';
import type { Situation, SituationQuery } from './situation.ts';
import type { SituationColumns } from './situation-columns.ts';
import { standingVersions } from './standing-versions.ts';
import { columnsOf } from '../testing/columns-of.ts';

const named = SECTORS.slice(0, 2);
const QUARTER_MS = 15 * MINUTE_MS;

describe('figures that are played', () => {
  test('from any event on are those of the server at every event after it, while its windows move on', () => {
    let compared = 0;
    fc.assert(
      fc.property(
        changes,
        queries,
        fc.nat(),
        fc.array(fc.nat(3_000)),
        (history, query, cut, pauses) => {
          const columns = columnsOf(history);
          const begin = cut % history.length;
          const begun = situationOf(columns, query, named, begin);
          const moving = new MovingSituation(begun, standing(columns, query, begin));
          let at = parseInstant(query.at).ms;
          for (const change of history.slice(begin + 1)) {
            if (!moving.carries(change)) return;
            moving.apply(change);
            // Mostly within the same minute, sometimes hours or weeks later.
            at += (pauses[change.seq % Math.max(1, pauses.length)] ?? 0) * QUARTER_MS;
            const now = { ...query, at: formatInstant(at) };
            expect(moving.endingAt(now.at)).toEqual(
              told(situationOf(columns, now, named, change.seq)),
            );
            compared += 1;
          }
        },
      ),
      { numRuns: 40 },
    );
    expect(compared).toBeGreaterThan(100);
  }, 60_000);

  test('of all reports begin anew when an older one is recorded, or the oldest may be gone', () => {
    const query: SituationQuery = { ...ALL, from: '2026-11-01T00:00:00.000Z' };
    const columns = columnsOf([]);
    const begun = situationOf(columns, query, named, -1);
    const none = standing(columns, query, -1);
    const moving = new MovingSituation({ ...begun, total: 3 }, none);
    fc.assert(
      fc.property(changes, (history) => {
        for (const change of history) {
          const began = [change.before, change.after].map((row) => row?.when.from ?? '9');
          const older = (began[1] ?? '9') < '2026-11-01';
          const firstDay = (began[0] ?? '9') < '2026-11-02';
          expect(moving.carries(change)).toBe(!older && !firstDay);
        }
      }),
    );
    const within30Days = new MovingSituation(
      { ...begun, query: { ...query, window: '30d' } },
      none,
    );
    fc.assert(
      fc.property(changes, (history) => history.every((each) => within30Days.carries(each))),
    );
  });
});

const ALL = { at: '2026-11-22T10:00:00.000Z', window: 'all', zone: 'UTC', filter: {} } as const;

function standing(columns: SituationColumns, query: SituationQuery, asOf: number) {
  const versions = standingVersions(columns, query, asOf, Number.POSITIVE_INFINITY);
  if (versions === null) throw new Error('there are more than there can be');
  return versions;
}

/** As it comes over the wire. */
function told(situation: Situation): unknown {
  return JSON.parse(JSON.stringify(situation));
}
