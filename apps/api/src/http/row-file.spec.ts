import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import { answerProblem } from './answer-problem.ts';
import { RequestError } from './request-error.ts';
import { NDJSON, sendRows } from './row-file.ts';

describe('a file of rows', () => {
  /** Rows that come before the question fails, long enough together that some of them are sent. */
  let before = 0;
  let server: Server;
  let url: string;
  beforeEach(async () => {
    async function* rows() {
      for (let n = 0; n < before; n += 1) yield { n, text: 'x'.repeat(1_000) };
      throw new RequestError('overloaded', 'too_many_exports', 'Too many.');
    }
    const app = express().get('/', (request, response) => {
      sendRows(response, 'rows.ndjson', NDJSON, { told: {}, rows: rows() }).catch(
        (error: unknown) => answerProblem(request, response, error),
      );
    });
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    url = `http://127.0.0.1:${port}/`;
  });
  afterEach(() => new Promise((closed) => server.close(closed)));

  it('that could not be begun is a problem, and no file', async () => {
    before = 3;
    const { status, headers } = await fetch(url);
    expect([status, headers.get('content-disposition'), headers.get('content-type')]).toEqual([
      429,
      null,
      'application/problem+json; charset=utf-8',
    ]);
  });

  it('that could not be ended is cut off, and never looks whole', async () => {
    before = 100;
    const { headers, body } = await fetch(url);
    expect(headers.get('content-disposition')).toBe('attachment; filename="rows.ndjson"');
    await expect(new Response(body).text()).rejects.toThrow('terminated');
  });
});
