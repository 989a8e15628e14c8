import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request as asking, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { answerProblem } from '../http/answer-problem.ts';
import { receiveTable } from './received-tables.ts';

const MOST_BYTES = 1024 * 1024;
let server: Server;
let address: string;
let folder: string;
let failure: unknown;
/** Resolves once a table was taken or refused. */
let over: Promise<void>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ceasewatch-tables-'));
  failure = undefined;
  let isOver: () => void = () => undefined;
  over = new Promise((resolve) => (isOver = resolve));
  server = createServer((request, response) => {
    receiveTable(request, join(folder, 'table.csv'), MOST_BYTES)
      .then(
        () => response.end('taken'),
        (error: unknown) => {
          failure = error;
          answerProblem(request, response, error);
        },
      )
      .finally(isOver);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  address = `http://127.0.0.1:${bound.port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

test('a table lies there as it came', async () => {
  const csv = 'date\n'.padEnd(MOST_BYTES, '\n');
  expect(await (await post(csv)).text()).toBe('taken');
  expect(readFileSync(join(folder, 'table.csv'), 'utf8')).toBe(csv);
});

test('whoever sends too much reads that it was too much, though he has not stopped sending', async () => {
  for (const bytes of [MOST_BYTES + 1, 64 * MOST_BYTES]) {
    const answer = await post('\n'.repeat(bytes));
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ code: 'too_large' });
  }
});

test('of a sender who goes nobody waits for the rest', async () => {
  const sending = asking(address, { method: 'POST' });
  sending.on('error', () => undefined);
  sending.write('date\n');
  await once(server, 'request');
  sending.destroy();
  await over;
  expect(failure).toMatchObject({
    code: expect.stringMatching(/^(ECONNRESET|ERR_STREAM_PREMATURE_CLOSE)$/),
  });
});

function post(body: string): Promise<Response> {
  return fetch(address, { method: 'POST', body });
}
