import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Problem } from '@ceasewatch/api/contract/problem';
import type { ReadPage } from '@ceasewatch/api/contract/reads';
import { BRAVO } from '@ceasewatch/domain/testing/cast';
import { MOST_EXPORTS, RunningExports } from '../src/access/running-exports.ts';
import { NodeUnderTest } from './testing/node-under-test.ts';
import { FERROW } from './testing/reports.ts';

/** While as many files are being written as may be, whoever asks for one more is told when to come back. */
let node: NodeUnderTest;
let done: () => void = () => undefined;
let written: Promise<unknown>;
beforeAll(async () => {
  node = await NodeUnderTest.started();
});
afterAll(() => node.end());

describe('a fifth export at once', () => {
  beforeAll(() => {
    const running = node.running.app.get(RunningExports, { strict: false });
    const until = new Promise<void>((resolve) => (done = resolve));
    const viewer = { officer: FERROW, contingent: BRAVO, role: 'operator' } as const;
    const one = () =>
      running.one(
        viewer,
        { what: 'a long one' },
        () => Promise.resolve(),
        () => until,
      );
    written = Promise.all(Array.from({ length: MOST_EXPORTS }, one));
  });

  test.each([
    '/api/observations.csv',
    '/api/observations.geojson',
    '/api/observations.ndjson',
    '/api/diff/observations.csv?from=0',
    '/api/diff/observations.ndjson?from=0',
    '/api/log.ndjson',
  ])('%s is answered 429 overloaded, with the time to wait', async (path) => {
    const { status, headers, body } = await node.get<Problem>(path);
    expect([status, body.code]).toEqual([429, 'overloaded']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(headers.get('content-disposition')).toBeNull();
  });

  test('is not told as a file that somebody has read', async () => {
    const { body } = await node.get<ReadPage>('/api/reads?kind=export');
    expect(new Set(body.items.map(({ what }) => what))).toEqual(new Set(['a long one']));
  });

  test('is written as soon as one of the four is done', async () => {
    done();
    await written;
    expect(await node.text('/api/observations.csv')).toMatch(/^# format: /);
  });
});
