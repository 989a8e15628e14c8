import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ObservationDifferencePage } from '@ceasewatch/api/contract/difference';
import type { HindsightAnswer } from '@ceasewatch/api/contract/hindsight';
import type { ObservationPage } from '@ceasewatch/api/contract/observation';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { NodeUnderTest } from './testing/node-under-test.ts';

/** Known then against known now: counted in one pass, and held here against the lists of each moment. */
let node: NodeUnderTest;
beforeAll(async () => {
  node = await NodeUnderTest.amidExercise();
}, 120_000);
afterAll(() => node.end());

const AT = '2026-11-20T00:00:00.000Z';

async function ask(query: string): Promise<HindsightAnswer> {
  const { status, body } = await node.get<HindsightAnswer>(
    `/api/hindsight?at=${AT}&zone=UTC&${query}`,
  );
  expect(status).toBe(200);
  return body;
}

/** The versions that a list of that moment shows, by the event that began each. */
async function listed(query: string): Promise<ReadonlyMap<number, ObservationRow>> {
  const { body } = await node.get<ObservationPage>(`/api/observations?limit=500&${query}`);
  expect(body.items.length).toBe(body.matching);
  return new Map(body.items.map((row) => [row.fromSeq, row]));
}

/** What is asked beside the window, as the beginning of a query. */
function filterOf(query: string): string {
  return query
    .split('&')
    .slice(1)
    .map((each) => `${each}&`)
    .join('');
}

describe('hindsight', () => {
  test.each([
    'window=24h',
    'window=7d&kind=burst,shot,explosion',
    'window=7d&contingent=alfa',
    'window=7d&q=t',
  ])(
    'of %s is what the lists of both moments say of each bucket',
    async (query) => {
      const { whole, buckets, asOf } = await ask(query);
      expect(buckets).toHaveLength(query.startsWith('window=24h') ? 24 : 7);
      expect([whole.from, whole.to]).toEqual([buckets[0]?.from, AT]);
      for (const { from, to, known, ...told } of [whole, ...buckets]) {
        const span = `${filterOf(query)}from=${from}&to=${to}`;
        const then = await listed(`${span}&asOf=${known}`);
        const now = await listed(`${span}&asOf=${asOf}`);
        const same = [...now.keys()].filter((seq) => then.has(seq)).length;
        const late = [...now.values()].filter(({ recordedAt }) => recordedAt >= to).length;
        const taken = await listed(`${filterOf(query)}retracted=true&asOf=${asOf}`);
        const retracted = new Set([...taken.values()].map(({ id }) => id));
        expect({ from, ...told }).toEqual({
          from,
          then: then.size,
          now: now.size,
          same,
          gone: then.size - same,
          retracted: [...then.values()].filter(({ id }) => retracted.has(id)).length,
          late,
          corrected: now.size - same - late,
        });
      }
      expect(buckets.some(({ late }) => late > 0)).toBe(true);
    },
    240_000,
  );

  test('tells of each day what stood at its end and is retracted now', async () => {
    const { buckets, asOf } = await ask('window=30d');
    const taken = [...(await listed(`retracted=true&asOf=${asOf}`)).values()].map(({ id }) => id);
    const told = buckets.filter(({ retracted }) => retracted > 0);
    expect(told.length).toBeGreaterThan(0);
    for (const { from, to, known, retracted } of told) {
      const then = [...(await listed(`from=${from}&to=${to}&asOf=${known}`)).values()];
      expect(then.filter(({ id }) => taken.includes(id))).toHaveLength(retracted);
    }
  });

  test('is explained by the difference of both moments, of exactly those observations', async () => {
    const { buckets, asOf } = await ask('window=7d&kind=burst,shot,explosion');
    const told = buckets.filter(({ late }) => late > 0);
    expect(told.length).toBeGreaterThan(0);
    for (const { from, to, known, late } of told) {
      const { body } = await node.get<ObservationDifferencePage>(
        `/api/diff/observations?from=${known}&to=${asOf}&occurredFrom=${from}&occurredUntil=${to}&kind=burst,shot,explosion&change=added&limit=200`,
      );
      expect(body.items.filter(({ shown }) => shown.now)).toHaveLength(late);
      expect(body.items.every(({ after }) => after.when.from >= from)).toBe(true);
    }
  });

  test('knows how soon after their beginning observations were recorded', async () => {
    const { delay, asOf } = await ask('window=24h');
    const from = '2026-11-19T00:00:00.000Z';
    const rows = [...(await listed(`from=${from}&to=${AT}&asOf=${asOf}`)).values()];
    const known = rows.filter(({ when }) => !['day', 'period'].includes(when.precision));
    const within = [1, 6, 24, 168].map(
      (hours) =>
        known.filter(
          ({ when, recordedAt }) =>
            Date.parse(recordedAt) - Date.parse(when.from) <= hours * 3_600_000,
        ).length,
    );
    expect(delay).toMatchObject({
      observations: rows.length,
      hourUnknown: rows.length - known.length,
      within,
    });
    const ofUnits = Object.values(delay.byUnit).reduce((sum, each) => sum + each.observations, 0);
    expect(ofUnits).toBe(rows.length);
    expect(Object.keys(delay.byContingent).length).toBeGreaterThan(1);
  });

  test('as of an earlier moment knows nothing of what came later', async () => {
    const { buckets, asOf } = await ask(`window=24h&asOf=${AT}`);
    expect(buckets.every(({ known }) => known <= asOf)).toBe(true);
    expect(buckets.at(-1)).toMatchObject({ late: 0, corrected: 0, gone: 0 });
  });
});
