import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LogEntryPage } from '@ceasewatch/api/contract/log';
import type { ObservationPage } from '@ceasewatch/api/contract/observation';
import type { Problem } from '@ceasewatch/api/contract/problem';
import type { SituationAnswer } from '@ceasewatch/api/contract/situation';
import type {
  DifferenceAnswer,
  ObservationDifferencePage,
} from '@ceasewatch/api/contract/difference';
import { differenceAnswer, observationDifferencePage } from '../src/http/difference-schemas.ts';
import { NodeUnderTest } from './testing/node-under-test.ts';
import { commandId, content, match, report } from './testing/reports.ts';

type Item = ObservationDifferencePage['items'][number];
type Row = ObservationPage['items'][number];

/** A seeded exercise asked for its own past: what lists and figures said then and say now is the measure. */
let node: NodeUnderTest;
let head: number;
beforeAll(async () => {
  node = await NodeUnderTest.amidExercise();
  head = (await node.get<LogEntryPage>('/api/events?limit=1')).body.asOf;
}, 120_000);
afterAll(() => node.end());

async function allRows(query: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | undefined = '', more = true; more;) {
    const page: ObservationPage = (
      await node.get<ObservationPage>(`/api/observations?limit=500&${query}${cursor}`)
    ).body;
    rows.push(...page.items);
    more = page.next !== undefined;
    cursor = `&cursor=${page.next}`;
  }
  return rows;
}

async function allChanged(query: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let cursor = '', more = true; more;) {
    const { status, body } = await node.get<ObservationDifferencePage>(
      `/api/diff/observations?limit=97&${query}${cursor}`,
    );
    expect(status).toBe(200);
    expect(observationDifferencePage.safeParse(body).error?.issues ?? []).toEqual([]);
    items.push(...body.items);
    more = body.next !== undefined;
    cursor = `&cursor=${body.next}`;
    if (!more) expect(items).toHaveLength(body.matching);
  }
  return items;
}

describe('GET /api/diff', () => {
  test.each([
    [1_200, 1_500, ''],
    [900, 2_400, 'kind=burst,shot'],
    [2_000, 2_950, 'contingent=alfa&late=false'],
    [1_000, 2_900, 'occurredUntil=2026-10-20T00:00:00Z'],
    [1_500, 2_600, 'corrected=true'],
    [500, 2_999, 'retracted=true'],
    [1_100, 2_200, 'q=post'],
  ])(
    'from %i to %i with %s: the list then and the difference are the list now',
    async (from, to, filter) => {
      const [then, now] = await Promise.all(
        [from, to].map((asOf) => allRows(`asOf=${asOf}&${filter}`)),
      );
      const items = await allChanged(`from=${from}&to=${to}&${filter}`);
      const rows = new Map(then?.map((row) => [row.id, row]));
      for (const { before, after, shown } of items) {
        if (shown.then) expect(rows.get(after.id)).toEqual(before);
        rows.delete(after.id);
        if (shown.now) rows.set(after.id, after);
      }
      const byNumber = (one: Row, other: Row): number => one.number - other.number;
      expect([...rows.values()].toSorted(byNumber)).toEqual(now?.toSorted(byNumber));
      expect(items.length).toBeGreaterThan(0);
    },
    240_000,
  );

  test('tells the figures as the situation told them then, and what moved them since', async () => {
    const from = head - 60;
    const { status, body } = await node.get<DifferenceAnswer>(`/api/diff?from=${from}&window=7d`);
    expect(status).toBe(200);
    expect(differenceAnswer.safeParse(body).error?.issues ?? []).toEqual([]);
    const situation = async (query: string) =>
      (await node.get<SituationAnswer>(`/api/situation?window=7d&${query}`)).body.situation;
    const { then, kept, now } = body.situation;
    expect(then).toEqual(await situation(`asOf=${from}`));
    expect(kept).toEqual(await situation(`asOf=${from}&at=${now.query.at}`));
    expect(now).toEqual(await situation(''));
    expect([body.from.seq, body.to.seq]).toEqual([from, head]);
    const items = await allChanged(`from=${from}&window=7d&figure=matching`);
    expect(body.moved.matching.events).toEqual(items.map(({ after }) => after.fromSeq));
    const gained = items.reduce(
      (sum, { shown }) => sum + Number(shown.now) - Number(shown.then),
      0,
    );
    expect(now.matching - kept.matching).toBe(gained);
    expect(Object.values(body.totals).reduce((sum, each) => sum + each)).toBe(body.matching);
    for (const [change, total] of Object.entries(body.totals)) {
      expect(await allChanged(`from=${from}&change=${change}`)).toHaveLength(total);
    }
  });

  test('is the same whichever moment is named first, and for the instants of events', async () => {
    const ask = async (query: string) =>
      (await node.get<DifferenceAnswer>(`/api/diff?${query}`)).body;
    const [from, to] = [2_000, 2_100];
    const expected = await ask(`from=${from}&to=${to}`);
    expect(await ask(`from=${to}&to=${from}`)).toEqual(expected);
    const instants = await ask(`from=${expected.to.time}&to=${expected.from.time}`);
    expect([instants.from, instants.to]).toEqual([expected.from, expected.to]);
    expect((await ask(`from=${from}&asOf=${to}`)).to.seq).toBe(to);
    const whole = await ask('from=1999-01-01T00:00:00Z');
    expect(whole.from).toEqual({ seq: -1, time: null });
    expect(whole.situation.then.total).toBe(0);
  });

  test('tells what became of the centre and of the ceasefire', async () => {
    const { body } = await node.get<DifferenceAnswer>('/api/diff?from=0&limit=1');
    const { centre } = body;
    const things = new Set(centre.items.map(({ thing }) => thing));
    for (const thing of ['centre', 'unit', 'area', 'officer', 'ceasefire'] as const)
      expect(things).toContain(thing);
    expect(centre.items.every(({ change, before }) => change === 'added' && before === null)).toBe(
      true,
    );
    const { items } = (
      await node.get<DifferenceAnswer>(`/api/diff?from=${centre.items[0]?.event.seq}&to=0`)
    ).body.centre;
    expect(items.length).toBeLessThan(centre.matching);
    const moved = (await node.get<LogEntryPage>('/api/events?type=unit.moved.v1&limit=1')).body
      .items[0];
    if (moved === undefined) throw new Error('in the exercise a unit moves');
    const one = await node.get<DifferenceAnswer>(`/api/diff?from=${moved.seq - 1}&to=${moved.seq}`);
    expect(one.body.centre.items).toMatchObject([
      {
        thing: 'unit',
        change: 'changed',
        fields: [{ field: 'positions' }],
        event: { seq: moved.seq },
      },
    ]);
    expect(one.body.matching).toBe(0);
  });

  test.each([
    ['', 'from', 'invalid_type'],
    ['from=then', 'from', 'not_an_instant'],
    ['from=1&to=999999999', 'to', 'no_such_event'],
    ['from=999999999', 'from', 'no_such_event'],
    ['from=2000&asOf=1000', 'from', 'no_such_event'],
    ['from=1&limit=201', 'limit', 'not_valid'],
    ['from=1&change=edited', 'change', 'invalid_value'],
    ['from=1&figure=daily', 'figure', 'invalid_value'],
    ['from=1&at=2026-11-22T11:59:30Z', 'at', 'not_valid'],
  ])('refuses %s', async (query, field, reason) => {
    const { status, body } = await node.get<Problem>(`/api/diff/observations?${query}`);
    expect([status, body.errors?.[0]?.field, body.errors?.[0]?.reason]).toEqual([
      422,
      field,
      reason,
    ]);
  });

  test('refuses a cursor of another list, or of a later log than is known', async () => {
    const page = await node.get<ObservationDifferencePage>(
      '/api/diff/observations?from=1000&limit=1',
    );
    for (const cursor of ['nonsense', Buffer.from('r 1 2 3').toString('base64url')]) {
      const { body } = await node.get<Problem>(`/api/diff/observations?from=1&cursor=${cursor}`);
      expect(body.errors?.[0]?.field).toBe('cursor');
    }
    const later = `/api/diff/observations?from=1&asOf=1500&cursor=${page.body.next}`;
    expect((await node.get<Problem>(later)).body.errors?.[0]?.field).toBe('cursor');
  });
});

describe('what became of an observation', () => {
  test('is told field by field, with what was told beside it, why and by whom', async () => {
    const sent = await node.post('/api/observations', report({ narrative: 'Twelve bursts.' }));
    const id = String(sent.body['id']);
    const from = Number(sent.body['seq']);
    const changed = (query = '') => allChanged(`from=${from}&q=${id}${query}`);
    const correction = {
      id: commandId(),
      corrects: 1,
      reason: 'count_refined',
      content: content({
        count: { value: 15, qualifier: 'about', unit: 'burst' },
        narrative: 'Fifteen bursts.',
      }),
    };
    const done = await node.post(`/api/observations/${id}/corrections`, correction, match(0));
    expect([sent.status, done.status]).toEqual([201, 201]);
    const [corrected] = await changed();
    expect(corrected).toMatchObject({
      change: 'corrected',
      shown: { then: true, now: true },
      fields: [{ field: 'count', before: { value: 12 }, after: { value: 15 } }],
      disclosed: [
        {
          name: 'narrative',
          before: { state: 'shown', value: 'Twelve bursts.' },
          after: { state: 'shown', value: 'Fifteen bursts.' },
        },
      ],
      events: [{ type: 'observation.corrected.v1', reason: 'count_refined' }],
      eventsInAll: 1,
    });
    expect(corrected?.figures).toEqual(expect.arrayContaining(['fireItems', 'correctedReports']));
    const retraction = { id: commandId(), retracts: 2, reason: 'duplicate' };
    await node.post(`/api/observations/${id}/retraction`, retraction, match(1));
    expect(await changed()).toMatchObject([
      { change: 'retracted', shown: { then: true, now: false }, eventsInAll: 2 },
    ]);
    const reinstatement = { id: commandId(), reinstates: 2 };
    await node.post(`/api/observations/${id}/reinstatement`, reinstatement, match(2));
    expect(await changed()).toMatchObject([{ change: 'reinstated', eventsInAll: 3 }]);
    const all = await node.get<DifferenceAnswer>(`/api/diff?from=${from - 1}&q=${id}`);
    expect(all.body.items).toMatchObject([{ change: 'added', before: null, eventsInAll: 4 }]);
    expect(all.body.narrativeSearched).toBe(true);
  });
});
