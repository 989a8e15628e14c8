import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ChangesAnswer } from '@ceasewatch/api/contract/live';
import type { Problem } from '@ceasewatch/api/contract/problem';
import { NodeUnderTest } from './testing/node-under-test.ts';
import { rawRequest } from './testing/raw-request.ts';
import { report } from './testing/reports.ts';

/** What is not exactly right is refused in the words of the catalogue, whichever door it knocks at. */
let node: NodeUnderTest;
beforeAll(async () => {
  node = await NodeUnderTest.started();
  await node.post('/api/observations', report());
});
afterAll(() => node.end());

/** Status, code, and of the first error field and reason. */
const told = async (path: string) => {
  const { status, body } = await node.get<Problem>(path);
  return [status, body.code, body.errors?.[0]?.field, body.errors?.[0]?.reason];
};

describe('what does not exist in this log', () => {
  test('is no position to go on from', async () => {
    const { head } = (await node.get<ChangesAnswer>('/api/changes?after=-1')).body;
    const at = await node.get<ChangesAnswer>(`/api/changes?after=${head}`);
    expect([at.status, at.body.seq, at.body.changes]).toEqual([200, head, []]);
    const refused = [422, 'invalid', 'after', 'after_unknown'];
    expect(await told(`/api/changes?after=${head + 1}`)).toEqual(refused);
    expect(await told(`/api/changes?after=${Number.MAX_SAFE_INTEGER - 1}`)).toEqual(refused);
    expect(await told('/api/changes?after=5&asOf=3')).toEqual(refused);
  });
});

describe('a query', () => {
  test.each(['observations', 'observations.ndjson'])(
    'of %s tells of the years 1900 to 2199',
    async (list) => {
      const out = [422, 'invalid'];
      expect(await told(`/api/${list}?from=1899-12-31T23:59:59Z`)).toEqual([
        ...out,
        'from',
        'at_out_of_range',
      ]);
      expect(await told(`/api/${list}?to=2200-01-02T00:00:00Z`)).toEqual([
        ...out,
        'to',
        'at_out_of_range',
      ]);
      const all = `from=1900-01-01T00:00:00Z&to=2200-01-01T00:00:00Z`;
      expect((await node.get(`/api/${list}?${all}`)).status).toBe(200);
    },
  );

  test.each([
    ['observations', 'from', 'to'],
    ['observations.csv', 'from', 'to'],
    ['observations.ndjson', 'from', 'to'],
    ['observations.geojson', 'from', 'to'],
    ['events', 'recordedFrom', 'recordedTo'],
    ['events', 'occurredFrom', 'occurredTo'],
    ['log/moments', 'from', 'to'],
    ['reads', 'from', 'to'],
  ])('of %s has no span that ends before it begins', async (path, from, to) => {
    const span = `${from}=2026-11-21T00:00:00Z&${to}=2026-11-20T00:00:00Z`;
    const refused = [422, 'invalid', to, 'ends_before_it_begins'];
    expect(await told(`/api/${path}?${span}`)).toEqual(refused);
  });

  test('that has another form than it must is told which, in words', async () => {
    const said = async (query: string) => {
      const { body } = await node.get<Problem>(`/api/observations?${query}`);
      return body.errors?.[0]?.message;
    };
    const corners = '`bbox`: must be four numbers: west,south,east,north.';
    expect(await said('bbox=1,2,3')).toBe(corners);
    expect(await said('bbox=west')).toBe(corners);
    expect(await said('contingent=%23')).toBe('`contingent.0`: must be a code.');
    expect(await said('limit=ten')).toBe('`limit`: must be a whole number.');
  });

  test('has one spelling of every number', async () => {
    expect((await node.get('/api/events/1')).status).toBe(200);
    for (const number of ['01', 'abc', '-1', '1.0', '9'.repeat(17)]) {
      expect((await told(`/api/events/${number}`)).slice(0, 3)).toEqual([422, 'invalid', 'seq']);
      expect((await told(`/api/events/${number}/relations`))[2]).toBe('seq');
    }
    expect((await told('/api/events/999999')).slice(0, 2)).toEqual([404, 'not_found']);
    expect((await told('/api/events?limit=01'))[2]).toBe('limit');
    expect((await told('/api/events?asOf=01'))[2]).toBe('asOf');
    expect((await told('/api/changes?after=-01'))[2]).toBe('after');
  });

  test.each(['%ff', '%c3%28', '%zz', '%'])('that is not UTF-8 is refused: q=%s', async (q) => {
    expect(await told(`/api/observations?q=${q}`)).toEqual([422, 'invalid', undefined, 'not_utf8']);
  });

  test('has no name that its path does not know, whether it knows others or none', async () => {
    const { body } = await node.get<{ paths: Record<string, { get?: unknown }> }>(
      '/api/openapi.json',
    );
    const asked = Object.entries(body.paths)
      .filter(([, { get }]) => get !== undefined)
      .map(([path]) => path.replace('{seq}', '1').replace('{id}', '1'));
    expect(asked.length).toBeGreaterThan(10);
    for (const path of [...asked, '/health/live', '/health/ready']) {
      const [status, code] = await told(`${path}?nonsense=1`);
      expect([path, status, code]).toEqual([path, 422, 'invalid']);
    }
  });

  test('in any script is understood', async () => {
    const q = encodeURIComponent('Ağdərə Ստեփանակերտ 東');
    expect((await node.get(`/api/observations?q=${q}+x`)).status).toBe(200);
  });

  test('has no place beside a command', async () => {
    const sent = report();
    const refused = await node.post<Problem>('/api/observations?dryRun=true', sent);
    expect([refused.status, refused.body.errors?.[0]]).toMatchObject([
      422,
      { field: 'dryRun', reason: 'unknown_field' },
    ]);
    expect((await node.get(`/api/observations/${sent.id}`)).status).toBe(404);
  });
});

test.each(['/API/x', '/API/centre', '/Api/observations', '/api/Centre', '/HEALTH/live'])(
  '%s is no path, which programs are told',
  async (path) => {
    const { status, headers, body } = await node.get<Problem>(path);
    expect([status, headers.get('content-type'), body.code]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
      'not_found',
    ]);
  },
);

test.each([
  ['NONSENSE\r\n\r\n', 400, 'malformed_request'],
  [`GET /api/centre HTTP/1.1\r\nX: ${'x'.repeat(65_536)}\r\n\r\n`, 431, 'head_too_large'],
  [`GET /${'x'.repeat(65_536)} HTTP/1.1\r\n\r\n`, 414, 'address_too_long'],
])('the listener tells what it refuses in the same form (%#)', async (bytes, status, code) => {
  const answer = await rawRequest(node.url, [bytes]);
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.text.split('\r\n\r\n')[1] ?? '')).toMatchObject({
    type: `urn:ceasewatch:problem:${code}`,
    code,
    status,
    retry: 'no',
  });
});
