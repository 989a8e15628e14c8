import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Problem } from '../src/contract/problem.ts';
import { Traffic } from '../src/http/traffic.ts';
import { NodeUnderTest } from './testing/node-under-test.ts';
import { until } from './testing/until.ts';

/** So many tables are carried in at once; whoever comes then is told when to come again. */
const HEAD = 'date,longitude,latitude,type\n';
const LARGE_BYTES = 32 * 1024 * 1024;

let node: NodeUnderTest;
beforeAll(async () => {
  node = await NodeUnderTest.started({ founding: true });
});
afterAll(() => node.end());

test('a table for which there is no place is refused at once, however large, and taken later', async () => {
  const { tables } = node.running.app.get(Traffic);
  const slow = Array.from({ length: tables.most }, () => sender(node.url));
  await until(() => tables.taken === tables.most);
  for (const rest of [HEAD.length, LARGE_BYTES]) {
    const late = await sent(node.url, HEAD.padEnd(rest, '\n'));
    expect([late.status, late.retryAfter]).toEqual([429, '30']);
    expect(late.body).toMatchObject({ code: 'overloaded' });
  }
  expect((await node.get('/api/observations')).status).toBe(200);
  const answers = slow.map((each) => ended(each));
  for (const { status } of await Promise.all(answers)) expect(status).toBe(200);
  await until(() => tables.taken === 0);
  expect((await sent(node.url, HEAD)).status).toBe(200);
});

/** Has said what comes, and sends no more of it for now. */
function sender(url: string): ClientRequest {
  const sending = request(`${url}/api/imports`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/csv' },
  });
  sending.write(HEAD);
  return sending;
}

async function ended(sending: ClientRequest): Promise<{ readonly status: number | undefined }> {
  const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
  sending.end();
  const [response] = await answered;
  response.resume();
  await once(response, 'end');
  return { status: response.statusCode };
}

async function sent(url: string, csv: string) {
  const headers = { 'Content-Type': 'text/csv' };
  const answer = await fetch(`${url}/api/imports`, { method: 'POST', headers, body: csv });
  const text = await answer.text();
  const retryAfter = answer.headers.get('retry-after');
  const body = answer.ok ? undefined : (JSON.parse(text) as Problem);
  return { status: answer.status, retryAfter, body };
}
