import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Problem } from '@ceasewatch/api/contract/problem';
import { describeShared } from '../../../scripts/beside-the-clone.ts';
import { NodeUnderTest } from './testing/node-under-test.ts';
import { postHead, rawRequest } from './testing/raw-request.ts';
import { report } from './testing/reports.ts';

/** What comes to the door and is not a report: every case of own/requests.json that HTTP knows yet. */
const JSON_HEADER = 'Content-Type: application/json';

let node: NodeUnderTest;
let headBefore: number;
beforeAll(async () => {
  node = await NodeUnderTest.started();
  headBefore = node.running.parts.eventLog.head().seq;
});
afterEach(() => {
  expect(node.running.parts.eventLog.head().seq).toBe(headBefore);
});
afterAll(() => node.end());

const post = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
  node.post<Problem>('/api/observations', body, headers);

const raw = (head: readonly string[], body: string | Uint8Array, options = {}) =>
  rawRequest(node.url, [postHead(node.url, head), body], options);

describe('the body of a report', () => {
  test('is read strictly', async () => {
    const text = JSON.stringify(report());
    const cases: readonly (readonly [string | Uint8Array, number, string])[] = [
      ['', 400, 'malformed_json'],
      [`\ufeff${text}`, 400, 'malformed_json'],
      [Buffer.from(text, 'utf16le'), 400, 'malformed_json'],
      [Buffer.from(text.replace('"heard"', '"h\u00e9ard"'), 'latin1'), 400, 'malformed_json'],
      [text.replace('{', '{"__proto__":{"a":1},'), 400, 'malformed_json'],
      [text.replace('"mdeg"', '{"constructor":{"prototype":1}}'), 400, 'malformed_json'],
      [text.replace('{', '{"kind":"shot",'), 422, 'invalid'],
      [text.replace('{', '{"narrative":"\\ud800",'), 422, 'invalid'],
      [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 400, 'malformed_json'],
      [text.replace('84000', '9'.repeat(200_000)), 400, 'malformed_json'],
      [text.replace('84000', '9'.repeat(1024 * 1024)), 413, 'too_large'],
      [`"${'x'.repeat(300_000)}"`, 413, 'too_large'],
    ];
    for (const [body, status, code] of cases) {
      const answer = await post(body);
      expect([body.slice(0, 60), answer.status, answer.body.code]).toEqual([
        body.slice(0, 60),
        status,
        code,
      ]);
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test('cut after any byte is refused', async () => {
    const text = JSON.stringify(report());
    for (let length = 0; length < text.length; length += 7) {
      expect((await post(text.slice(0, length))).status).toBe(400);
    }
    const short = await raw([JSON_HEADER, `Content-Length: ${text.length}`], text.slice(0, 40), {
      end: true,
    });
    expect([0, 400]).toContain(short.status);
  });

  test('must be JSON, in UTF-8, not compressed', async () => {
    const text = JSON.stringify(report());
    const bomb = gzipSync(Buffer.alloc(16 * 1024 * 1024));
    const cases: readonly (readonly [string | Uint8Array, Record<string, string>])[] = [
      [text, { 'Content-Type': 'text/plain' }],
      [text, { 'Content-Type': 'application/x-www-form-urlencoded' }],
      [text, { 'Content-Type': 'multipart/form-data; boundary=x' }],
      [text, { 'Content-Type': 'application/json; charset=utf-16' }],
      [bomb, { 'Content-Encoding': 'gzip' }],
      [text, { 'Content-Encoding': 'br' }],
    ];
    for (const [body, headers] of cases) {
      const answer = await post(body, headers);
      expect([headers, answer.status, answer.body.code]).toEqual([
        headers,
        415,
        'unsupported_media_type',
      ]);
    }
  });

  test('that does not come is waited for no longer than 15 s, and costs others nothing', async () => {
    const head = [JSON_HEADER, 'Content-Length: 5000'];
    const silent = raw(head, '{');
    const slow = rawRequest(node.url, [postHead(node.url, head), ...'{"id":"0190a9c0-7d3e-7a41"'], {
      pauseMs: 1000,
    });
    expect((await node.get('/health/live')).status).toBe(200);
    for (const answer of await Promise.all([silent, slow])) {
      expect(answer.status).toBe(408);
      expect(answer.tookMs).toBeLessThan(30_000);
    }
  }, 120_000);
});

describe('a request', () => {
  test('with a body that nobody reads is answered, and its connection ends', async () => {
    const { host } = new URL(node.url);
    for (const path of ['/health/live', '/api/centre']) {
      const head = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 9\r\n\r\n`;
      const answer = await rawRequest(node.url, [head]);
      expect(answer.text).toMatch(/^HTTP\/1\.1 200 OK\r\n(?:.*\r\n)*Connection: close\r\n/);
    }
  });

  test('that offers HTTP/2 is answered in the protocol it came in', async () => {
    const { host } = new URL(node.url);
    const head = `Host: ${host}\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n`;
    const answer = await rawRequest(node.url, [`GET /health/live HTTP/1.1\r\n${head}\r\n`]);
    expect(answer.status).toBe(200);
  });

  test('that expects what nobody here knows is answered as if it did not', async () => {
    const broken = await raw([JSON_HEADER, 'Expect: 200-maybe', 'Content-Length: 1'], '{');
    expect([broken.status, broken.text.includes('"malformed_json"')]).toEqual([400, true]);
  });

  test('with a head of 64 KiB is answered 431, with a query of thousands of fields 414', async () => {
    const large = await raw([`X-Large: ${'x'.repeat(65_536)}`], '');
    expect(large.status).toBe(431);
    const fields = Array.from({ length: 5000 }, (_, at) => `f${at}=1`).join('&');
    const { host } = new URL(node.url);
    const long = await rawRequest(node.url, [
      `GET /api/observations?${fields} HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
    ]);
    expect(long.status).toBe(414);
  });

  test('from a page of another site changes nothing', async () => {
    const text = JSON.stringify(report());
    const { host } = new URL(node.url);
    const foreign: readonly Record<string, string>[] = [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { Origin: `http://${host}.evil.example` },
      { Origin: node.url.replace(/:\d+$/, ':1') },
    ];
    for (const headers of foreign) {
      const { status, body } = await post(text, headers);
      expect([headers, status, body.code]).toEqual([headers, 403, 'forbidden']);
    }
    for (const site of ['cross-site', 'same-site', 'none']) {
      const answer = await raw(
        [JSON_HEADER, `Sec-Fetch-Site: ${site}`, `Content-Length: ${text.length}`],
        text,
      );
      expect(answer.status).toBe(403);
    }
    expect((await post('{}', { Origin: node.url, 'Sec-Fetch-Site': 'same-origin' })).status).toBe(
      422,
    );
  });

  test('that names another host is not served, whatever the path', async () => {
    for (const path of ['/', '/api/centre', '/health/live']) {
      const answer = await rawRequest(node.url, [
        `GET ${path} HTTP/1.1\r\nHost: rebound.example\r\n\r\n`,
      ]);
      expect(answer.status).toBe(403);
    }
  });

  test('for an unknown path or method of the API finds nothing', async () => {
    for (const path of ['/api', '/api/', '/api/nothing', '/api/observations/%E0%A4%A']) {
      const { status, headers, body } = await node.get<Problem>(path);
      expect([path, status, body.code]).toEqual([path, 404, 'not_found']);
      expect(headers.get('content-type')).toMatch('application/problem+json');
    }
    expect((await fetch(`${node.url}/api/nothing`, { method: 'DELETE' })).status).toBe(404);
    expect((await node.get('/metrics')).status).not.toBe(200);
  });

  test.each([
    ['DELETE', '/api/observations/1', 'GET, HEAD, OPTIONS'],
    ['PUT', '/api/observations', 'POST, GET, HEAD, OPTIONS'],
    ['PATCH', '/api/observations/1/corrections', 'POST, OPTIONS'],
    ['GET', '/api/imports', 'POST, OPTIONS'],
    ['POST', '/health/ready', 'GET, HEAD, OPTIONS'],
    ['POST', '/en/situation', 'GET, HEAD, OPTIONS'],
  ])('%s %s is answered 405 with what there is', async (method, path, allow) => {
    const answer = await fetch(`${node.url}${path}`, { method });
    const body: unknown = await answer.json();
    expect([answer.status, body]).toMatchObject([405, { code: 'method_not_allowed' }]);
    expect(answer.headers.get('allow')).toBe(allow);
  });

  test('that asks for the methods of a path is told them, and nothing for other sites', async () => {
    const method = 'OPTIONS';
    const answer = await fetch(`${node.url}/api/observations`, { method });
    expect([answer.status, await answer.text()]).toEqual([204, '']);
    expect(answer.headers.get('allow')).toBe('POST, GET, HEAD, OPTIONS');
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual(
      [],
    );
    expect((await fetch(`${node.url}/api/nothing`, { method })).status).toBe(404);
    const head = await fetch(`${node.url}/api/centre`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  test('is answered with the headers of its kind', async () => {
    const { headers } = await node.get('/api/centre');
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    expect(headers.has('x-powered-by')).toBe(false);
    expect(headers.has('access-control-allow-origin')).toBe(false);
  });
});

describeShared('corpora/json/test_parsing', 'JSONTestSuite', (suite) => {
  test('what no parser may accept is 400, what every parser must accept is 422, nothing is a fault', async () => {
    const wrong: string[] = [];
    for (const name of readdirSync(suite)) {
      const bytes = readFileSync(join(suite, name));
      const length = `Content-Length: ${bytes.length}`;
      const answer = await raw([JSON_HEADER, length, 'Connection: close'], bytes);
      const code = /"code":"(\w+)"/.exec(answer.text)?.[1];
      const wanted = { n: '400 malformed_json', y: '422 invalid' }[name[0] ?? ''];
      const got = `${answer.status} ${code}`;
      const fine =
        wanted === undefined ? ['400 malformed_json', '422 invalid'].includes(got) : got === wanted;
      if (!fine) wrong.push(`${name}: ${got}`);
    }
    expect(wrong).toEqual([]);
  }, 180_000);
});

describeShared('corpora/own/requests.json', 'own/requests.json', (list) => {
  test('names no case that is not tried', () => {
    const { cases } = JSON.parse(readFileSync(list, 'utf8'));
    const names: string[] = cases.map(({ name }: { name: string }) => name);
    // The first three and the bidi text are tried in observations.spec.ts and exports.spec.ts, the
    // upgrade in the live gateway's specs; sessions do not exist yet.
    expect(names).toHaveLength(17);
  });
});
