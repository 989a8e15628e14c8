import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { until } from '../../test/testing/until.ts';
import { inLine } from './in-line.ts';

let server: Server;
let port: number;
/** Begun and not answered yet, in their order. */
let begun: { readonly path: string; readonly response: ServerResponse }[];
let all: string[];
beforeEach(async () => {
  [begun, all] = [[], []];
  server = createServer(
    inLine(({ url: path = '' }, response) => {
      all.push(path);
      begun.push({ path, response });
    }),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  ({ port } = bound);
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test('of what one connection asks at once eight are begun, and all are answered in their order', async () => {
  const paths = Array.from({ length: 300 }, (_, at) => `/${at}`);
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString()));
  socket.write(paths.map(asking).join(''));
  while (all.length < 300 || begun.length > 0) {
    await until(() => begun.length > 0);
    expect(begun.length).toBeLessThanOrEqual(8);
    const [first] = begun.splice(0, 1);
    first?.response.end(`told ${first.path};`);
    await new Promise((resume) => setImmediate(resume));
  }
  expect(all).toEqual(paths);
  await until(() => text.includes('told /299;'));
  expect([...text.matchAll(/told (\/\d+);/g)].map(([, path]) => path)).toEqual(paths);
  socket.destroy();
});

test('whoever asks on and on and reads nothing holds up himself alone', async () => {
  const flood = connect(port, '127.0.0.1');
  flood.on('error', () => undefined);
  const many = Array.from({ length: 500 }, () => asking('/flood')).join('');
  for (let written = 0; written < 200; written += 1) flood.write(many);
  await until(() => begun.length === 8);
  const other = connect(port, '127.0.0.1');
  other.write(asking('/other'));
  await until(() => all.includes('/other'));
  begun.find(({ path }) => path === '/other')?.response.end('told');
  const [answer] = (await once(other, 'data')) as [Buffer];
  expect(answer.toString()).toContain('told');
  expect(all.filter((path) => path === '/flood')).toHaveLength(8);
  flood.destroy();
  // Nobody waits for answers of his any more, and nothing of what was in line is begun.
  for (const { response } of begun.splice(0)) response.end();
  await until(async () => (await connections()) <= 1);
  expect(all.filter((path) => path === '/flood')).toHaveLength(8);
  other.destroy();
});

function asking(path: string): string {
  return `GET ${path} HTTP/1.1\r\nHost: here\r\n\r\n`;
}

function connections(): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
}
