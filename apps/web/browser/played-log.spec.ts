import { isDeepStrictEqual } from 'node:util';
import type { LogEntryPage } from '@ceasewatch/api/contract/log';
import type { ObservationPage } from '@ceasewatch/api/contract/observation';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { randomOf } from '@ceasewatch/domain/testing/random';
import { beforeAll, expect, jest, test } from '@jest/globals';
import { Playback } from '../src/app/[locale]/replay/playback.ts';
import { filterOf } from '../src/filter/filter-query.ts';
import { ask, askList, askSituation } from './testing/api.ts';
import { describeAtExercise, exercise } from './testing/visitor.ts';

/**
 * What the replay makes of the changes alone, held against what the node answers as of the same event:
 * no browser takes part, but the node must be the real one.
 */
jest.setTimeout(120_000);

const STOPS = 25;
const VIEWS = [
  'window=30d',
  'window=24h&kind=burst,shot,explosion',
  'window=7d&contingent=alfa',
  'window=6h&late=false',
  'window=all&located=true',
  'window=30d&retracted=true',
];

describeAtExercise('a log that is played', () => {
  let head: number;
  beforeAll(async () => {
    head = (await ask<LogEntryPage>(exercise(), '/api/events?limit=1')).asOf;
  });

  test.each(VIEWS)('from N to M shows the node’s state at M: %s', async (view) => {
    const random = randomOf(view);
    const asked: string[] = [];
    const playback = playbackOf(view, asked);
    let seq = Math.floor(head * 0.2);
    await playback.at(seq);
    let asLong = 0;
    for (let stop = 0; stop < STOPS && seq < head; stop += 1) {
      // A step, a minute's worth of events, or a day's.
      seq = Math.min(head, seq + random.whole(1, [1, 8, 90][stop % 3] ?? 1));
      const state = await playback.at(seq);
      const { staleSince: _stale, ...told } = await askSituation(exercise(), `${view}&asOf=${seq}`);
      expectSame(state?.answer, told);
      const since = `from=${told.situation.window.from}`;
      const list = await askList(exercise(), `${rest(view)}&${since}&asOf=${seq}&limit=40`);
      expectSame(state?.recorded, list.items);
      const onMap = state?.map().rows ?? [];
      expectSame(byId(onMap), byId(await inForce(`${rest(view)}&${since}&asOf=${seq}`)));
      asLong += told.situation.matching;
    }
    // A comparison of nothing with nothing would say nothing.
    expect(asLong).toBeGreaterThan(STOPS);
    // No state was asked for but the first, and those at which the centre itself was changed.
    expect(asked.filter((path) => path.includes('standing')).length).toBeLessThan(STOPS / 4);
  });

  test('asks for nothing but its changes, page by page and ahead of time', async () => {
    const asked: string[] = [];
    const playback = playbackOf('window=7d', asked);
    const begin = head - 700;
    await playback.at(begin);
    const begun = asked.filter((path) => path.includes('standing')).length;
    for (let seq = begin + 1; seq <= begin + 400; seq += 1) await playback.at(seq);
    const anew = asked.filter((path) => path.includes('standing')).length - begun;
    // Begun anew where the centre itself was changed or the last fire item of all was taken back.
    expect(anew).toBeLessThan(8);
    expect(asked.filter((path) => path.startsWith('/api/changes')).length).toBeLessThan(
      4 + 3 * anew,
    );
    expect(asked.length).toBeLessThan(60);
  });
});

function playbackOf(view: string, asked: string[]): Playback {
  const noted = <Answer>(path: string): Promise<Answer> => {
    asked.push(path);
    return ask<Answer>(exercise(), path);
  };
  const filter = filterOf(new URLSearchParams(rest(view)));
  return new Playback({
    filter,
    ask: (path, search) => noted(`${path}?${search?.toString() ?? ''}`),
    standing: (seq) => noted(`/api/situation/standing?${view}&asOf=${seq}`),
    recorded: (seq, since) =>
      noted(`/api/observations?${rest(view)}&from=${since}&asOf=${seq}&limit=200`),
    map: async (seq, since) => ({
      rows: await inForce(`${rest(view)}&from=${since}&asOf=${seq}`),
      capped: false,
    }),
  });
}

/** Thousands of rows at a time: what is strictly the same need not be looked at as jest does. */
function expectSame(one: unknown, other: unknown): void {
  if (!isDeepStrictEqual(one, other)) expect(one).toEqual(other);
}

/** The filter without its window. */
function rest(view: string): string {
  return view.split('&').slice(1).join('&');
}

async function inForce(search: string): Promise<readonly ObservationRow[]> {
  const rows: ObservationRow[] = [];
  let cursor: string | undefined = '';
  while (cursor !== undefined) {
    const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const page: ObservationPage = await askList(
      exercise(),
      `${search}&order=occurred&limit=500${more}`,
    );
    rows.push(...page.items);
    cursor = page.next;
  }
  return rows;
}

function byId(rows: readonly ObservationRow[]): readonly ObservationRow[] {
  return rows.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}
