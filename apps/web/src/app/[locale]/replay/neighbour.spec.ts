import { describe, expect, test } from '@jest/globals';
import type { Change } from '@ceasewatch/domain/situation/observation-row';
import { compileFilter } from '@ceasewatch/domain/situation/observation-filter';
import { testChange, testRow } from '../../../testing/test-rows.ts';
import type { Ask } from './go-to-target.ts';
import { neighbourOf } from './neighbour.ts';

/** Of 40,000 events every thousandth is a shot, the tenth one opened a unit, all others are bursts. */
const HEAD = 39_999;
const UNIT_OPENED = 10;

function changeAt(seq: number): Change {
  if (seq === UNIT_OPENED || seq === 20_777)
    return { ...testChange(seq, null), type: 'unit.opened.v1', subject: `unit/${seq}` };
  return testChange(seq, testRow(1, { kind: seq % 1_000 === 0 ? 'shot' : 'burst' }));
}

function underTest() {
  const asked: string[] = [];
  const ask: Ask = (path, search) => {
    asked.push(`${path}${search === undefined ? '' : `?after=${search.get('after')}`}`);
    return Promise.resolve(answer(path, Number(search?.get('after')))) as Promise<never>;
  };
  const answer = (path: string, after: number): unknown => {
    if (path.startsWith('/api/observations/'))
      return { versions: [{ eventSeq: 3 }, { eventSeq: 700 }, { eventSeq: 30_000 }] };
    const seq = Number(path.split('/').at(-1));
    if (path.startsWith('/api/events/')) return { seq, envelope: changeAt(seq) };
    const last = Math.min(HEAD, after === -1 ? 0 : after + 500);
    return { changes: Array.from({ length: last - after }, (_, at) => changeAt(after + 1 + at)) };
  };
  return { asked, ask };
}

describe('the next event', () => {
  test('of all is the next number, and there is none before the first or after the last', async () => {
    const { ask, asked } = underTest();
    const next = (from: number, way: 1 | -1) => neighbourOf('event', from, way, HEAD, null, ask);
    expect([await next(4, 1), await next(4, -1)]).toEqual([{ found: 5 }, { found: 3 }]);
    expect([await next(HEAD, 1), await next(0, -1)]).toEqual([{ found: null }, { found: null }]);
    expect(asked).toEqual([]);
  });

  test('of the same observation is one of its versions', async () => {
    const { ask } = underTest();
    const next = (from: number, way: 1 | -1) =>
      neighbourOf('observation', from, way, HEAD, null, ask);
    expect([await next(700, 1), await next(700, -1), await next(3, -1)]).toEqual([
      { found: 30_000 },
      { found: 3 },
      { found: null },
    ]);
  });

  test('of the same kind tells of the same', async () => {
    const { ask } = underTest();
    expect(await neighbourOf('kind', 3_000, 1, HEAD, null, ask)).toEqual({ found: 4_000 });
    expect(await neighbourOf('kind', 3_000, -1, HEAD, null, ask)).toEqual({ found: 2_000 });
    expect(await neighbourOf('kind', 500, 1, HEAD, null, ask)).toEqual({ found: 501 });
    expect(await neighbourOf('kind', 501, -1, HEAD, null, ask)).toEqual({ found: 500 });
  });

  test('of the same kind as one of the centre is of its type', async () => {
    const { ask } = underTest();
    const far = await neighbourOf('kind', UNIT_OPENED, 1, HEAD, null, ask);
    expect(far).toEqual({ lookedUpTo: 10_000 });
    expect(await neighbourOf('kind', 20_777, -1, HEAD, null, ask)).toEqual({ lookedUpTo: 11_001 });
  });

  test('of the filter passes it, across as many pages as it takes', async () => {
    const { ask, asked } = underTest();
    const passes = compileFilter({ kind: ['shot'] });
    expect(await neighbourOf('filter', 3_001, 1, HEAD, passes, ask)).toEqual({ found: 4_000 });
    expect(asked).toEqual(['/api/changes?after=3000', '/api/changes?after=3500']);
    expect(await neighbourOf('filter', 39_001, 1, HEAD, passes, ask)).toEqual({ found: null });
    expect(await neighbourOf('filter', 1, -1, HEAD, passes, ask)).toEqual({ found: 0 });
  });

  test('of a filter that nothing passes is looked for no further than ten thousand events', async () => {
    const { ask, asked } = underTest();
    const passes = compileFilter({ kind: ['explosion'] });
    expect(await neighbourOf('filter', 0, 1, HEAD, passes, ask)).toEqual({ lookedUpTo: 10_000 });
    expect(asked).toHaveLength(20);
  });
});
