import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from '@ceasewatch/api/contract/answer';
import type { CentreAnswer } from '@ceasewatch/api/contract/centre';
import type { ChangesAnswer } from '@ceasewatch/api/contract/live';
import type { LogEntry, LogEntryDetail, LogEntryPage } from '@ceasewatch/api/contract/log';
import type { ObservationPage, Receipt } from '@ceasewatch/api/contract/observation';
import type { Problem } from '@ceasewatch/api/contract/problem';
import type { SituationAnswer } from '@ceasewatch/api/contract/situation';
import { AREAS, UNITS } from '@ceasewatch/domain/testing/cast';
import { createHash } from 'node:crypto';
import { NodeUnderTest } from './testing/node-under-test.ts';
import { ASHBY, commandId, match, officer, report } from './testing/reports.ts';

/** Observations out: lists, figures, changes, the centre and the raw log, now and as of then. */
let node: NodeUnderTest;
const receipts: Receipt[] = [];

beforeAll(async () => {
  node = await NodeUnderTest.started();
  const bodies = [
    report(),
    report({
      kind: 'shot',
      count: { value: 3, qualifier: 'exact', unit: 'shot' },
      means: ['seen'],
    }),
    report({ where: { form: 'unknown', reason: 'not_known' } }),
    report({
      narrative: 'Heard by two.',
      when: { from: '2026-11-22T11:00:00Z', precision: 'hour', zone: 'UTC' },
    }),
  ];
  for (const body of bodies)
    receipts.push((await node.post<Receipt>('/api/observations', body)).body);
  const other = report({
    unit: UNITS.postAlder,
    kind: 'uav',
    weapon: { category: 'uav_recon' },
    count: { value: 1, qualifier: 'exact', unit: 'uav' },
  });
  receipts.push((await node.post<Receipt>('/api/observations', other, officer(ASHBY))).body);
});
afterAll(() => node.end());

const list = async (query: string) =>
  (await node.get<ObservationPage>(`/api/observations?${query}`)).body;
const numbers = async (query: string) => (await list(query)).items.map(({ number }) => number);

describe('GET /api/observations', () => {
  test('lists what is in force, newest first', async () => {
    const page = await list('');
    expect(page.items.map(({ number }) => number)).toEqual([5, 4, 3, 2, 1]);
    expect(page).toMatchObject({ asOf: receipts[4]?.seq, matching: 5 });
  });

  test.each([
    ['kind=shot', [2]],
    ['kind=shot,uav', [5, 2]],
    ['kind=shot&kind=uav', [5, 2]],
    ['means=seen', [2]],
    ['weapon=uav_recon', [5]],
    ['weapon=sam,uav_recon&order=occurred', [5]],
    ['weapon=not_known', []],
    ['contingent=alfa', [5]],
    ['origin=external', []],
    ['origin=unit&late=false', [5, 4, 3, 2, 1]],
    ['located=false', [3]],
    [`unit=${UNITS.postAlder}`, [5]],
    ['from=2026-11-22T11:30:00Z', [5, 3, 2, 1]],
    ['to=2026-11-22T15:30:00%2B04:00', [4]],
    ['from=2026-11-22T15:30:00+04:00', [5, 3, 2, 1]],
    ['bbox=46,39,48,41', [5, 4, 2, 1]],
    ['bbox=10,10,11,11', []],
    // Across 180°: from 46° E eastwards to 170° W, and from 48° E to 46° E the other way round.
    ['bbox=46,39,-170,41', [5, 4, 2, 1]],
    ['bbox=48,39,46,41', []],
    ['q=2', [2]],
    ['q=-', []],
    ['q=%22*%22', []],
    [`sector=${AREAS.alder},none&kind=illumination_flare`, []],
    ['corrected=true', []],
    ['retracted=true', []],
    ['casualties=true', []],
  ])('filters by %s', async (query, expected) => {
    expect(await numbers(query)).toEqual(expected);
  });

  test('pages by cursor without loss or repeat', async () => {
    const seen: number[] = [];
    let cursor: string | undefined = '';
    for (; cursor !== undefined;) {
      const page: ObservationPage = await list(
        `limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      seen.push(...page.items.map(({ number }) => number));
      cursor = page.next;
    }
    expect(seen).toEqual([5, 4, 3, 2, 1]);
  });

  test('answers as it would have answered then', async () => {
    expect(await numbers(`asOf=${receipts[1]?.seq}`)).toEqual([2, 1]);
    expect(await numbers('asOf=2026-11-22T12:00:00Z')).toEqual([5, 4, 3, 2, 1]);
    expect(await numbers('asOf=2026-11-01T00:00:00Z')).toEqual([]);
  });

  test.each([
    ['colour=red', 'colour'],
    ['kind=violation', 'kind.0'],
    ['weapon=uav_recon,none', 'weapon.1'],
    ['from=yesterday', 'from'],
    ['from=2026-02-30T00:00:00Z', 'from'],
    ['bbox=46,41,48,39', 'bbox'],
    ['bbox=1,2,3', 'bbox'],
    ['limit=0', 'limit'],
    ['limit=501', 'limit'],
    ['late=perhaps', 'late'],
    ['asOf=99999999', 'asOf'],
    ['asOf=then', 'asOf'],
    ['cursor=nonsense', 'cursor'],
    ['q=', 'q'],
  ])('refuses %s', async (query, field) => {
    const { status, body } = await node.get<Problem>(`/api/observations?${query}`);
    expect([status, body.code, body.errors?.[0]?.field]).toEqual([422, 'invalid', field]);
  });
});

describe('GET /api/observations/:id', () => {
  test.each(['99', '0', '-1', 'x', '019aa9c0-0000-7000-8000-00000000ffff', '..%2f'])(
    'finds nothing under %s',
    async (id) => {
      const { status, body } = await node.get<Problem>(`/api/observations/${id}`);
      expect([status, body.code]).toEqual([404, 'not_found']);
    },
  );
});

describe('GET /api/situation', () => {
  test('counts to the present minute in the zone of the centre', async () => {
    const { status, body } = await node.get<SituationAnswer>('/api/situation');
    expect(status).toBe(200);
    expect(body.situation).toMatchObject({
      query: { at: '2026-11-22T12:00:00.000Z', window: '24h', zone: 'Asia/Baku', filter: {} },
      seq: receipts[4]?.seq,
      matching: 5,
      total: 5,
      withoutLocation: 1,
    });
    expect(body.situation.figures.fireItems.reports).toBe(4);
    expect(body.lastFireItem).toMatchObject({ number: 3 });
  });

  test('answers as of an event, ending when it was recorded', async () => {
    const { body } = await node.get<SituationAnswer>(
      `/api/situation?window=7d&zone=UTC&kind=burst&asOf=${receipts[0]?.seq}`,
    );
    expect(body.situation).toMatchObject({ seq: receipts[0]?.seq, matching: 1, total: 1 });
  });

  test('calls a unit silent before its first report, also when it is asked later', async () => {
    const silentAt = async (at: string) => {
      const { body } = await node.get<SituationAnswer>(`/api/situation?zone=UTC&at=${at}`);
      return body.silentUnits.find(({ unit }) => unit === UNITS.postAlder);
    };
    expect(await silentAt('2026-11-22T12:00:00Z')).toBeUndefined();
    expect(await silentAt('2026-11-22T11:59:00Z')).toEqual({
      unit: UNITS.postAlder,
      lastReport: null,
    });
  });

  test.each([
    'window=2h',
    'window=24h&from=2026-11-20T00:00:00Z',
    'from=2026-11-20T00:00:00Z',
    'zone=Mars/Olympus',
    'at=2026-11-22T12:00:30Z',
    'to=2026-11-22T12:00:00Z',
    'window=all&from=2026-11-22T12:00:00Z',
    'window=all&from=2026-11-20T00:00:00Z&at=2026-11-19T00:00:00Z',
    'window=all&at=0001-01-01T00:00:00Z',
    'window=all&at=9999-12-31T23:59:00Z',
    'window=all&asOf=0001-01-01T00:00:00Z',
  ])('refuses %s', async (query) => {
    expect((await node.get(`/api/situation?${query}`)).status).toBe(422);
  });
});

describe('GET /api/changes', () => {
  test('tells what every event changed, in pages, without gaps', async () => {
    const head = receipts[4]?.seq ?? 0;
    const seen: number[] = [];
    for (let after = -1; after < head;) {
      const { body } = await node.get<ChangesAnswer>(`/api/changes?after=${after}&limit=3`);
      expect(body).toMatchObject({ after, head, log: node.running.parts.eventLog.head().logId });
      seen.push(...body.changes.map(({ seq }) => seq));
      after = body.seq;
    }
    expect(seen).toEqual(Array.from({ length: head + 1 }, (_, at) => at));
    const last = await node.get<ChangesAnswer>(`/api/changes?after=${head - 1}`);
    expect(last.body.changes[0]).toMatchObject({ before: null, after: { number: 5, kind: 'uav' } });
  });

  test.each(['', 'after=-2', 'after=1.5', 'after=0&limit=1000', 'after=0&before=1'])(
    'refuses %s',
    async (query) => {
      expect((await node.get(`/api/changes?${query}`)).status).toBe(422);
    },
  );
});

describe('GET /api/centre', () => {
  test('tells contingents, units, areas, officers and the ceasefire', async () => {
    const { body } = await node.get<CentreAnswer>('/api/centre');
    expect(body).toMatchObject({ exercise: false, zone: 'Asia/Baku', asOf: receipts[4]?.seq });
    expect(body.contingents.map(({ contingent }) => contingent)).toEqual(['alfa', 'bravo']);
    expect(body.officers[0]?.name.state).toBe('shown');
    expect(body.ceasefire).not.toBeNull();
  });
});

describe('GET /api/events', () => {
  test('shows the newest first, and any event with the bytes that were hashed', async () => {
    const { body } = await node.get<Page<LogEntry>>('/api/events?limit=2');
    expect(body.items.map(({ seq }) => seq)).toEqual([receipts[4]?.seq, receipts[3]?.seq]);
    const seq = receipts[3]?.seq;
    const { body: entry } = await node.get<LogEntryDetail>(`/api/events/${seq}`);
    const hash = createHash('sha256').update('\0').update(entry.leaf).digest('base64');
    expect(entry.leafHash).toBe(hash);
    expect(JSON.parse(entry.leaf)).toEqual(entry.envelope);
    expect(entry.leaf).not.toContain('Heard by two.');
    expect(entry.disclosed['narrative']).toMatchObject({ state: 'shown', value: 'Heard by two.' });
  });

  test('pages from either end and filters', async () => {
    const all: number[] = [];
    for (let after: string | undefined = '-1'; after !== undefined;) {
      const path: string = `/api/events?after=${after}&limit=7`;
      const { body }: { body: Page<LogEntry> } = await node.get<Page<LogEntry>>(path);
      all.push(...body.items.map(({ seq }) => seq));
      after = body.next;
    }
    expect(all).toEqual(Array.from({ length: (receipts[4]?.seq ?? 0) + 1 }, (_, at) => at));
    const opened = await node.get<Page<LogEntry>>('/api/events?type=log.opened.v1');
    expect(opened.body.items.map(({ seq }) => seq)).toEqual([0]);
    const one = await node.get<Page<LogEntry>>(
      `/api/events?subject=observation/${receipts[0]?.id}`,
    );
    expect(one.body.items.map(({ seq }) => seq)).toEqual([receipts[0]?.seq]);
  });

  test('filters by noun, contingent and words, as of any moment', async () => {
    const found = async (query: string) => {
      const { body } = await node.get<LogEntryPage>(`/api/events?limit=500&${query}`);
      return body;
    };
    const seqs = async (query: string) => (await found(query)).items.map(({ seq }) => seq);
    const reports = receipts.map(({ seq }) => seq).toReversed();
    expect(await seqs('noun=observation')).toEqual(reports);
    expect(await seqs('noun=log')).toEqual([0]);
    expect(await seqs('noun=nothing')).toEqual([]);
    const ashby = await seqs('noun=observation&contingent=bravo');
    const others = await seqs('noun=observation&contingent=alfa');
    expect([...ashby, ...others].toSorted((a, b) => b - a)).toEqual(reports);
    expect(Math.min(ashby.length, others.length)).toBe(1);
    expect(await seqs('contingent=none')).toEqual([]);
    expect(await seqs('q=HEARD by two')).toEqual([receipts[3]?.seq]);
    expect(await found('q=two heard')).toMatchObject({ narrativeSearched: true });
    expect(await seqs('q=Heard by three')).toEqual([]);
    expect(await seqs('q=!!!')).toEqual([]);
    expect(await seqs(`q=${receipts[1]?.id}`)).toEqual([receipts[1]?.seq]);
    const third = receipts[2]?.seq ?? 0;
    expect(await found(`noun=observation&asOf=${third}`)).toMatchObject({
      asOf: third,
      items: [{ seq: third }, { seq: third - 1 }, { seq: third - 2 }],
    });
    expect(await seqs(`after=${third - 1}&asOf=${third}`)).toEqual([third]);
    expect(await seqs('asOf=2026-08-01T00:00:00Z')).toEqual([]);
    const beyond = await node.get<Problem>('/api/events?asOf=99999');
    expect([beyond.status, beyond.body.errors?.[0]?.field]).toEqual([422, 'asOf']);
  });

  test('has no event beyond the last', async () => {
    expect((await node.get('/api/events/999999')).status).toBe(404);
  });

  test('refuses two ends at once', async () => {
    expect((await node.get('/api/events?after=1&before=5')).status).toBe(422);
  });
});

describe('after a retraction', () => {
  test('the list holds it no more, the past and the list of the retracted do', async () => {
    const [first] = receipts;
    const body = { id: commandId(), retracts: 1, reason: 'duplicate' };
    await node.post(`/api/observations/${first?.id}/retraction`, body, match(0));
    expect(await numbers('')).toEqual([5, 4, 3, 2]);
    expect(await numbers('retracted=true')).toEqual([1]);
    expect(await numbers(`asOf=${receipts[4]?.seq}`)).toEqual([5, 4, 3, 2, 1]);
  });
});
