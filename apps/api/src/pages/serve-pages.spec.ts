import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import { servePages } from './serve-pages.ts';
import { readSiteMap } from './site-map.ts';

/** An export as Next leaves it, in small. */
const PAGE = '<!doctype html><script>start()</script><p style="color:red">Situation</p>';
const FILES: Readonly<Record<string, string | Uint8Array>> = {
  'index.html': '<!doctype html>',
  'en.html': PAGE,
  'en/situation.html': PAGE,
  'en/situation/__next.$d$locale.__PAGE__.txt': 'payload',
  '404.html': '<!doctype html><h1>Not here</h1>',
  '_next/static/chunks/app-1f.js': 'start=()=>{}',
  '_next/static/chunks/app-1f.js.br': brotliCompressSync('start=()=>{}'),
  '_next/static/media/worker.mjs': 'export{}',
};

let folder: string;
let server: Server;
let url: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ceasewatch-pages-'));
  for (const [name, bytes] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  const app = express();
  app.use(servePages(readSiteMap(folder), 'real'));
  app.use((_request, response) => {
    response.status(418).end();
  });
  server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${url}${path}`, { headers, method, redirect: 'manual' });

describe('the exported screens', () => {
  test.each(['/en', '/en/', '/en/situation', '/en/situation/', '/en/situation?asOf=7'])(
    'serve %s as a page with its own policy',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      expect(answer.headers.get('content-security-policy')).toMatch(
        /script-src 'self' 'sha256-[^']+'; .*style-src-attr 'unsafe-hashes' 'sha256-/,
      );
      expect(await answer.text()).toBe(PAGE);
    },
  );

  test('say of which sort the centre is before anything is asked', async () => {
    const { headers } = await get('/en/situation');
    expect(headers.get('server-timing')).toBe('centre;desc="real"');
  });

  test('serve navigation payloads as plain text, percent-encoded or not', async () => {
    for (const path of [
      '__next.$d$locale.__PAGE__.txt',
      '__next.%24d%24locale.__PAGE__.txt?_rsc=1',
    ]) {
      const answer = await get(`/en/situation/${path}`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        200,
        'text/plain; charset=utf-8',
      ]);
    }
  });

  test('serve what never changes for a year, the worker as JavaScript', async () => {
    const answer = await get('/_next/static/media/worker.mjs');
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  test('are sent compressed to whoever reads that', async () => {
    const path = '/_next/static/chunks/app-1f.js';
    const answer = await get(path, { 'Accept-Encoding': 'gzip, br' });
    expect([answer.headers.get('content-encoding'), answer.headers.get('vary')]).toEqual([
      'br',
      'Accept-Encoding',
    ]);
    expect(await answer.text()).toBe('start=()=>{}');
    for (const accepted of ['identity', 'br;q=0', 'gzip']) {
      const plain = await get(path, { 'Accept-Encoding': accepted });
      expect(plain.headers.has('content-encoding')).toBe(false);
    }
  });

  test('are answered 304 when they are the same, and HEAD without a body', async () => {
    const etag = (await get('/en')).headers.get('etag') ?? '';
    expect((await get('/en', { 'If-None-Match': etag })).status).toBe(304);
    const head = await get('/en', {}, 'HEAD');
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([
      200,
      `${PAGE.length}`,
      '',
    ]);
  });

  test('send the first visitor to a language', async () => {
    const answer = await get('/?asOf=7', { 'Accept-Language': 'hy' });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/en/?asOf=7']);
  });

  test.each([
    '/nothing',
    '/en.html',
    '/404',
    '/_next/nothing.js',
    '/..%2f..%2fpackage.json',
    '/%E0%A4%A',
  ])('have a page that says that %s is not there', async (path) => {
    const answer = await get(path);
    expect([answer.status, await answer.text()]).toEqual([404, FILES['404.html']]);
    expect(answer.headers.has('content-security-policy')).toBe(true);
  });

  test.each(['/api/nothing', '/health/live', '/live/', '/api'])('let %s pass by', async (path) => {
    expect((await get(path)).status).toBe(418);
  });

  test('say in one page that they have not been built', async () => {
    const site = readSiteMap(join(folder, 'nowhere'));
    expect(site).toBeUndefined();
    const bare = createServer(express().use(servePages(site, 'exercise'))).listen(0, '127.0.0.1');
    await new Promise((resolve) => bare.once('listening', resolve));
    const { port } = bare.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    expect([answer.status, await answer.text()]).toEqual([
      503,
      expect.stringContaining('have not been built'),
    ]);
    bare.close();
  });
});
