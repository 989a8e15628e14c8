import { describe, expect, test } from '@jest/globals';
import { parseInstant } from '../measure/instant.ts';
import { RETRACTED } from '../situation/packed-row.ts';
import { SituationColumns } from '../situation/situation-columns.ts';
import { versionParts } from '../testing/version-parts.ts';
import { hindsightOf } from './column-hindsight.ts';

const QUERY = { at: '2026-11-20T11:00:00.000Z', window: '24h', zone: 'UTC', filter: {} } as const;
const msOf = (clock: string) => parseInstant(`2026-11-20T${clock}:00.000Z`).ms;

/** One observation in its versions, of which the first event alone was recorded before the window ended. */
function hindsightAfter(...later: readonly ('said anew' | 'retracted')[]) {
  const columns = new SituationColumns(4);
  const began = msOf('10:10');
  for (const [at, what] of ['said anew', ...later].entries()) {
    const to = at === later.length ? null : at + 1;
    const packed = what === 'retracted' ? RETRACTED : 0;
    columns.appendParts(versionParts({ from: at, to, began, packed }));
  }
  const reached = Float64Array.from([msOf('10:20'), ...later.map((_, at) => msOf(`12:0${at}`))]);
  return hindsightOf(columns, QUERY, later.length, reached).whole;
}

describe('known then against known now', () => {
  test.each([
    { after: [], told: { same: 1, gone: 0, retracted: 0, corrected: 0 } },
    { after: ['said anew'], told: { same: 0, gone: 1, retracted: 0, corrected: 1 } },
    { after: ['retracted'], told: { same: 0, gone: 1, retracted: 1, corrected: 0 } },
    { after: ['retracted', 'said anew'], told: { same: 1, gone: 0, retracted: 0, corrected: 0 } },
    {
      after: ['said anew', 'retracted', 'said anew'],
      told: { same: 0, gone: 1, retracted: 0, corrected: 1 },
    },
  ] as const)('counts what has since been $after', ({ after, told }) => {
    const now = after.at(-1) === 'retracted' ? 0 : 1;
    expect(hindsightAfter(...after)).toMatchObject({ then: 1, now, late: 0, ...told });
  });
});
