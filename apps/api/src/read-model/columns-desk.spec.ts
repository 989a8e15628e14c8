import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FIRST_UNTOLD } from '@ceasewatch/domain/measure/instant';
import { DETAILED } from '@ceasewatch/domain/situation/situation-columns';
import type { ObservationFilter, SituationQuery } from '@ceasewatch/domain/situation/situation';
import type { ListAsked } from '@ceasewatch/domain/situation/version-list';
import {
  applyChange,
  emptySituation,
  toSituation,
} from '@ceasewatch/domain/situation/situation-fold';
import { readText } from '@ceasewatch/domain/situation/text-query';
import { changes } from '@ceasewatch/domain/testing/arbitrary-rows';
import type { SqliteEventLog } from '../event-log/sqlite-event-log.ts';
import { type AskedText, ColumnsDesk } from './columns-desk.ts';
import {
  appendAll,
  caughtUp,
  eraseNarrative,
  eventsOf,
  folderWithLog,
  projectorOver,
} from './testing/histories.ts';

const PAGE: ListAsked = { order: 'recorded', limit: 500 };
const HISTORY =
  fc
    .sample(changes, { numRuns: 30, seed: 5 })
    .toSorted((one, other) => other.length - one.length)[0] ?? [];
const QUERY: SituationQuery = {
  at: '2026-11-30T00:00:00.000Z',
  window: '30d',
  zone: 'Asia/Baku',
  filter: {},
};

describe('the columns', () => {
  let folder: string;
  let log: SqliteEventLog;
  let clear: () => Promise<void>;
  let parts: ReturnType<typeof projectorOver>;

  beforeEach(async () => {
    ({ folder, log, clear } = await folderWithLog());
    parts = projectorOver(log, folder);
    await caughtUp(parts.projector);
  });
  afterEach(async () => {
    await parts.stop();
    await clear();
  });

  const count = (
    filter: ObservationFilter,
    asOf: number,
    text?: AskedText,
    signal?: AbortSignal,
  ): Promise<number> =>
    parts.columns.list(filter, asOf, PAGE, text, signal).then(({ matching }) => matching);
  const matching = (
    filter: ObservationFilter,
    text?: AskedText,
    asOf = parts.projector.projected,
  ): Promise<number> => count(filter, asOf, text);
  const begun = async (): Promise<readonly number[]> => {
    const { page } = await parts.columns.list({}, parts.projector.projected, PAGE);
    return page.map(({ fromSeq }) => fromSeq);
  };

  test('loaded in the middle of a history and carried on answer as the fold of all of it', async () => {
    const events = eventsOf(HISTORY, log.head().logId);
    for (const [at, event] of events.entries()) {
      await appendAll(log, [event]);
      await parts.projector.whenProjected(log.head().seq);
      if (at % 5 === 0) await expectFold();
    }
    await expectFold();
  });

  test('are loaded anew when the read model is built anew', async () => {
    await appendAll(log, eventsOf(HISTORY, log.head().logId));
    await parts.projector.whenProjected(log.head().seq);
    await expectFold();
    const swapped = new Promise<void>((resolve) => parts.projector.onSwap(() => resolve()));
    parts.projector.rebuild();
    await expect(count({}, 1)).rejects.toMatchObject({ code: 'rebuilding' });
    await swapped;
    await parts.projector.whenProjected(log.head().seq);
    await expectFold();
  });

  test('answer a question that cannot be answered with its reason, and the next one', async () => {
    const { projected } = parts.projector;
    await expect(
      parts.columns.situation({ ...QUERY, at: '2026-11-30T00:00:01.000Z' }, [], projected),
    ).rejects.toThrow('no whole minute');
    expect(await count({}, projected)).toBe(0);
  });

  test('turn questions away before they pile up, and answer the rest', async () => {
    const { projected } = parts.projector;
    const asked = Array.from({ length: 300 }, (_, n) =>
      count({ from: `2026-11-01T00:00:00.${String(n).padStart(3, '0')}Z` }, projected),
    );
    const settled = await Promise.allSettled(asked);
    const refused = settled.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(120);
    for (const each of refused) expect(each).toMatchObject({ reason: { code: 'overloaded' } });
    expect(await count({}, projected)).toBe(0);
  });

  test('turn searches away too that wait until the words are read, and answer all that were let in', async () => {
    const { projected } = parts.projector;
    const asked = Array.from({ length: 300 }, (_, n) =>
      matching({ q: `word${n}` }, saying(`word${n}`)),
    );
    expect(parts.columns.waiting).toEqual({ length: 200, limit: 200 });
    const settled = await Promise.allSettled(asked);
    const refused = settled.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(100);
    for (const each of refused) expect(each).toMatchObject({ reason: { code: 'overloaded' } });
    expect(await count({}, projected)).toBe(0);
  });

  test('ask again what was given up by whoever asked it first', async () => {
    const { projected } = parts.projector;
    const gone = new AbortController();
    const first = count({}, projected, undefined, gone.signal);
    gone.abort(new Error('nobody waits'));
    await expect(first).rejects.toThrow('nobody waits');
    expect(await count({}, projected)).toBe(0);
  });

  test('find by free text what was said when they were loaded, and what was said since', async () => {
    const events = eventsOf(HISTORY, log.head().logId);
    const half = Math.floor(events.length / 2);
    await appendAll(log, events.slice(0, half));
    await parts.projector.whenProjected(log.head().seq);
    for (const more of [[], events.slice(half, -3), events.slice(-3)]) {
      await appendAll(log, more);
      await parts.projector.whenProjected(log.head().seq);
      const every = await matching({});
      expect(await matching({ q: 'mi' }, saying('mi'))).toBe(every);
      expect(await matching({ q: 'mi' }, { ...saying('mi'), narrative: false })).toBe(0);
      expect(await matching({ q: 'nobody' }, saying('nobody'))).toBe(0);
    }
    const [one] = await begun();
    const named = { sql: 'SELECT ? AS seq', values: [one ?? -1] };
    const words = saying('nobody').words.map(({ word }) => ({ word, named }));
    expect(await matching({ q: 'nobody' }, { words, narrative: true })).toBe(1);
  });

  test('forget a word when it is erased, also of what was known before', async () => {
    await appendAll(log, eventsOf(HISTORY, log.head().logId));
    await parts.projector.whenProjected(log.head().seq);
    const before = parts.projector.projected;
    const every = await matching({});
    expect(await matching({ q: 'mill' }, saying('mill'))).toBe(every);
    const [last = -1] = await begun();
    const { events } = await log.page(-1, 1_000);
    const changed = events.filter(({ envelope }) => envelope.revision > 0);
    const once = events.find(({ seq, envelope: { subject }, disclosed }) => {
      const isChanged = changed.some(({ envelope }) => envelope.subject === subject);
      return seq <= last && disclosed['narrative'] !== undefined && !isChanged;
    });
    if (once === undefined) throw new Error('the history has nothing that was told once');
    await eraseNarrative(log, once);
    await parts.projector.whenProjected(log.head().seq);
    expect(await matching({ q: 'mill' }, saying('mill'))).toBe(every - 1);
    expect(await matching({ q: 'mill' }, saying('mill'), before)).toBe(every - 1);
    expect(await matching({}, undefined, before)).toBe(every);
  });

  test('that meet a damaged row have the read model built anew', async () => {
    await appendAll(log, eventsOf(HISTORY, log.head().logId));
    await parts.projector.whenProjected(log.head().seq);
    const detailed = parts.readModel.read((db) =>
      db
        .prepare(
          `UPDATE observation_content SET content = content || ' ' WHERE seq IN
             (SELECT content_seq FROM observation_version WHERE count_code = ?)`,
        )
        .run(DETAILED),
    );
    expect(detailed.changes).toBeGreaterThan(0);
    const swapped = new Promise<void>((resolve) => parts.projector.onSwap(() => resolve()));
    await expect(count({}, parts.projector.projected)).rejects.toMatchObject({
      code: 'rebuilding',
    });
    await swapped;
    await parts.projector.whenProjected(log.head().seq);
    await expectFold();
  });

  test('begin the window `all` with the day of the earliest observation, and say so', async () => {
    await appendAll(log, eventsOf(HISTORY, log.head().logId));
    await parts.projector.whenProjected(log.head().seq);
    const { projected } = parts.projector;
    const situation = await parts.columns.situation(
      { ...QUERY, at: FIRST_UNTOLD, window: 'all' },
      [],
      projected,
    );
    expect(situation.query.from).toMatch(/T00:00:00.000Z$/);
    expect(situation.matching).toBe(situation.total);
  });

  test('of a long log are loaded before anybody asks, and again when another file comes into use', async () => {
    await appendAll(log, eventsOf(HISTORY, log.head().logId));
    await parts.projector.whenProjected(log.head().seq);
    const { readModel, projector } = parts;
    const short = new ColumnsDesk(readModel, projector, HISTORY.length + 1_000);
    const long = new ColumnsDesk(readModel, projector, 5);
    short.loadAhead();
    expect(long.isLoaded).toBe(false);
    long.loadAhead();
    await until(() => long.isLoaded);
    projector.rebuild();
    await until(() => !long.isLoaded);
    await until(() => long.isLoaded);
    const { projected } = projector;
    expect(await long.situation(QUERY, [], projected)).toEqual(
      await parts.columns.situation(QUERY, [], projected),
    );
    expect(short.isLoaded).toBe(false);
    await Promise.all([short.onModuleDestroy(), long.onModuleDestroy()]);
  });

  async function expectFold(): Promise<void> {
    const { projected } = parts.projector;
    const fold = emptySituation(QUERY, []);
    for (const change of parts.projector.changes(-1, 500).changes) applyChange(fold, change);
    expect(await parts.columns.situation(QUERY, [], projected)).toEqual(toSituation(fold));
  }
});

/** Whoever may read narratives asks for a word. */
function saying(word: string): AskedText {
  const { words } = readText(word, { units: [], officers: [], areas: [], places: [] });
  return { words: words.map((each) => ({ word: each, named: null })), narrative: true };
}

/** What happens in another thread by itself is looked for until the test is over. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resume) => setTimeout(resume, 10));
}
