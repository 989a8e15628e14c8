import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ObservationDetail, Receipt } from '@ceasewatch/api/contract/observation';
import type { Problem } from '@ceasewatch/api/contract/problem';
import { NodeUnderTest } from './testing/node-under-test.ts';
import { ASHBY, commandId, content, FERROW, match, officer, report } from './testing/reports.ts';

/** Reports in: what a client that may lose any answer can rely on. */
let node: NodeUnderTest;
beforeAll(async () => {
  node = await NodeUnderTest.started();
});
afterAll(() => node.end());

async function recorded(more: Record<string, unknown> = {}): Promise<Receipt> {
  const answer = await node.post<Receipt>('/api/observations', report(more));
  expect(answer.status).toBe(201);
  return answer.body;
}

const head = async () => (await node.get<{ asOf: number }>('/api/events?limit=1')).body.asOf;

describe('POST /api/observations', () => {
  test('answers 201 with a receipt that implies reading it again', async () => {
    const sent = report();
    const { status, headers, body } = await node.post<Receipt>('/api/observations', sent);
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/api/observations/${sent.id}`);
    expect(headers.has('idempotent-replay')).toBe(false);
    expect(body).toEqual({
      id: sent.id,
      number: expect.any(Number),
      stream: `cw.observation-${sent.id}`,
      version: 1,
      revision: 0,
      seq: await head(),
      recordedAt: '2026-11-22T12:00:00.000Z',
      warnings: [],
    });
    const read = await node.get<ObservationDetail>(`/api/observations/${sent.id}`);
    expect(read.body.versions[0]?.row).toMatchObject({
      id: sent.id,
      kind: 'burst',
      number: body.number,
    });
    const byNumber = await node.get<ObservationDetail>(`/api/observations/${body.number}`);
    expect(byNumber.body.id).toBe(sent.id);
  });

  test('tells what is unusual with its code, its figures and an English sentence', async () => {
    const count = { value: 800, qualifier: 'about', unit: 'burst' };
    const { warnings } = await recorded({ count });
    expect(warnings).toEqual([
      {
        code: 'many',
        field: 'count.value',
        params: { count: 800, most: 500 },
        message: '800 is unusually many; more than 500 is.',
      },
    ]);
  });

  test('answers a retry 200 with the first receipt', async () => {
    const sent = report({ narrative: 'Three bursts, then silence.' });
    const first = await node.post<Receipt>('/api/observations', sent);
    node.clock.ms += 60_000;
    const again = await node.post<Receipt>('/api/observations', sent);
    expect([again.status, again.headers.get('idempotent-replay')]).toEqual([200, 'true']);
    expect(again.body).toEqual(first.body);
  });

  test('records the same report once when it is sent 100 times at a time', async () => {
    const sent = report({ narrative: 'Again and again.' });
    const before = await head();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => node.post<Receipt>('/api/observations', sent)),
    );
    expect(await head()).toBe(before + 1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });

  test.each([
    [
      'other content',
      { kind: 'shot', count: { value: 12, qualifier: 'about', unit: 'shot' } },
      FERROW,
    ],
    ['another narrative', { narrative: 'Other words.' }, FERROW],
    ['the other contingent', {}, ASHBY],
  ])('refuses an id that was used before with %s', async (_, more, who) => {
    const sent = report({ narrative: 'First.' });
    await node.post('/api/observations', sent);
    const before = await head();
    const again = await node.post<Problem>('/api/observations', { ...sent, ...more }, officer(who));
    expect([409, 403]).toContain(again.status);
    expect(['id_reused', 'forbidden']).toContain(again.body.code);
    expect(JSON.stringify(again.body)).not.toContain('First');
    expect(await head()).toBe(before);
  });

  test.each([
    ['an unknown field', { spread: true }, 'spread', 'unknown_field'],
    ['an unknown kind', { kind: 'violation' }, 'kind', 'invalid_value'],
    ['no means', { means: [] }, 'means', 'too_small'],
    [
      'a count of zero',
      { count: { value: 0, qualifier: 'exact', unit: 'burst' } },
      'count',
      expect.any(String),
    ],
    ['a unit of nobody', { unit: commandId() }, 'unit', 'unknown_unit'],
    [
      'a future',
      { when: { from: '2026-11-22T14:00:00Z', precision: 'minute', zone: 'UTC' } },
      'when.from',
      'in_the_future',
    ],
    [
      'a time before the ceasefire',
      { when: { from: '2019-11-22T14:00:00Z', precision: 'minute', zone: 'UTC' } },
      'when.from',
      'before_the_ceasefire',
    ],
  ])('refuses %s with field and reason', async (_, more, field, reason) => {
    const { status, headers, body } = await node.post<Problem>('/api/observations', report(more));
    expect([status, body.code]).toEqual([422, 'invalid']);
    expect(headers.get('content-type')).toMatch('application/problem+json');
    expect(body.errors?.[0]).toMatchObject({ reason });
    expect(body.errors?.[0]?.field).toMatch(field);
  });

  test('refuses an officer that the centre does not have', async () => {
    const { status, body } = await node.post<Problem>(
      '/api/observations',
      report(),
      officer(commandId()),
    );
    expect([status, body.code]).toEqual([403, 'forbidden']);
    const broken = await node.post<Problem>('/api/observations', report(), officer('me'));
    expect(broken.status).toBe(422);
  });
});

describe('corrections, retraction and reinstatement', () => {
  const correction = (more: Record<string, unknown> = {}) => ({
    id: commandId(),
    corrects: 1,
    reason: 'count_refined',
    content: content({ count: { value: 14, qualifier: 'exact', unit: 'burst' } }),
    ...more,
  });

  test('go on from the revision that If-Match names', async () => {
    const { id, number } = await recorded();
    const path = `/api/observations/${id}`;
    const corrected = await node.post<Receipt>(`${path}/corrections`, correction(), match(0));
    expect(corrected.body).toMatchObject({ id, number, version: 2, revision: 1 });
    expect(corrected.status).toBe(201);
    const retraction = { id: commandId(), retracts: 2, reason: 'misidentification' };
    const retracted = await node.post<Receipt>(`${path}/retraction`, retraction, {
      'If-Match': '1',
    });
    expect(retracted.body).toMatchObject({ id, number, revision: 2 });
    const reinstatement = { id: commandId(), reinstates: 2 };
    const stands = await node.post<Receipt>(`${path}/reinstatement`, reinstatement, match(2));
    expect(stands.body).toMatchObject({ id, number, revision: 3 });
    const again = await node.post<Receipt>(`${path}/reinstatement`, reinstatement, match(2));
    expect([again.status, again.headers.get('idempotent-replay')]).toEqual([200, 'true']);
    const { body } = await node.get<ObservationDetail>(path);
    expect(body.versions.map(({ eventType }) => eventType.split('.')[1])).toEqual([
      'recorded',
      'corrected',
      'retracted',
      'reinstated',
    ]);
  });

  test('are refused at another revision, which is told', async () => {
    const { id } = await recorded();
    const { status, body } = await node.post<Problem>(
      `/api/observations/${id}/corrections`,
      correction(),
      match(7),
    );
    expect([status, body.code, body.actualRevision]).toEqual([412, 'revision_conflict', 0]);
  });

  test('are refused of another version, and told where the observation is', async () => {
    const { id } = await recorded();
    const path = `/api/observations/${id}/corrections`;
    expect((await node.post(path, correction(), match(0))).status).toBe(201);
    const count = { value: 15, qualifier: 'exact', unit: 'burst' };
    const other = correction({ corrects: 7, content: content({ count }) });
    const { status, body } = await node.post<Problem>(path, other, match(1));
    expect([status, body.code, body.actualRevision]).toEqual([412, 'revision_conflict', 1]);
    expect(body.errors?.[0]).toMatchObject({
      field: 'corrects',
      params: { present: 2, looked: 7 },
    });
  });

  test.each([
    [undefined, 'required'],
    ['"x"', 'not_a_revision'],
    ['*', 'not_a_revision'],
  ])('are refused with If-Match %s', async (value, reason) => {
    const { id } = await recorded();
    const headers: Record<string, string> = value === undefined ? {} : { 'If-Match': value };
    const path = `/api/observations/${id}/corrections`;
    const { status, body } = await node.post<Problem>(path, correction(), headers);
    expect(status).toBe(422);
    expect(body.errors).toEqual([expect.objectContaining({ field: 'if-match', reason })]);
  });

  test('are refused to the other contingent', async () => {
    const { id } = await recorded();
    const { status, body } = await node.post<Problem>(
      `/api/observations/${id}/corrections`,
      correction(),
      { ...match(0), ...officer(ASHBY) },
    );
    expect([status, body.code]).toEqual([403, 'forbidden']);
  });

  test.each([commandId(), '1', 'nothing', '%2e%2e'])('find nothing under %s', async (id) => {
    const path = `/api/observations/${id}/corrections`;
    const { status, body } = await node.post<Problem>(path, correction(), match(0));
    expect([status, body.code]).toEqual([404, 'not_found']);
  });
});
