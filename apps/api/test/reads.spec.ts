import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Receipt } from '@ceasewatch/api/contract/observation';
import type { Problem } from '@ceasewatch/api/contract/problem';
import type { ReadPage, RecordedRead } from '@ceasewatch/api/contract/reads';
import { OFFICERS } from '@ceasewatch/domain/testing/cast';
import { NOON, NodeUnderTest } from './testing/node-under-test.ts';
import { report } from './testing/reports.ts';

/** Looking is recorded too, beside the log: who, what, as of which moment, when. */
let node: NodeUnderTest;
beforeEach(async () => {
  node = await NodeUnderTest.started();
});
afterEach(() => node.end());

async function reads(query = ''): Promise<ReadPage> {
  const { status, body } = await node.get<ReadPage>(`/api/reads?${query}`);
  expect(status).toBe(200);
  return body;
}
const told = ({ kind, what, asOf, times }: RecordedRead) => ({ kind, what, asOf, times });

describe('the read audit', () => {
  test('knows who looked at which moment, and counts what follows within a minute', async () => {
    for (const asOf of [3, 4, 5]) await node.get(`/api/situation?asOf=${asOf}`);
    expect((await reads('kind=replay')).items.map(told)).toEqual([
      { kind: 'replay', what: 'the log', asOf: '3', times: 1 },
    ]);
    expect((await reads()).waiting).toBe(1);
    node.clock.ms += 61_000;
    await node.get('/api/situation?asOf=9');
    const { items } = await reads('kind=replay');
    expect(items).toMatchObject([
      { asOf: '9', times: 1 },
      { asOf: '4', asOfLast: '5', times: 2, until: new Date(NOON).toISOString() },
      { asOf: '3', asOfLast: '3', times: 1, officer: OFFICERS.ferrow.officer, authn: 'chosen' },
    ]);
  });

  test('knows every moment that a play showed: of each answer the first and the last', async () => {
    await node.get('/api/situation/states?events=3,5,9');
    for (const events of ['20,21,22', '10,11', '15']) {
      const { status } = await node.get(`/api/situation/states?events=${events}`);
      expect(status).toBe(200);
    }
    node.clock.ms += 61_000;
    await node.get('/api/situation?asOf=2026-11-22T11:00:00Z');
    await node.get('/api/situation?asOf=30');
    expect((await reads('kind=replay')).items).toMatchObject([
      { asOf: '30', asOfLast: '30', times: 1 },
      { asOf: '10', asOfLast: '22', times: 3 },
      { asOf: '2026-11-22T11:00:00.000Z', asOfLast: '2026-11-22T11:00:00.000Z', times: 1 },
      { what: 'the log', asOf: '3', asOfLast: '9', times: 1 },
    ]);
  });

  test('knows nothing of what was refused, for nobody has seen it', async () => {
    const refused = [
      '/api/situation?asOf=99999',
      '/api/situation/states?events=3,99999',
      '/api/observations.csv?asOf=99999',
      '/api/observations.csv?q=…&asOf=2199-01-01T00:00:00Z',
      '/api/diff/observations.ndjson?from=99999',
      '/api/diff?from=3&to=99999',
      '/api/log.ndjson?to=99999',
      '/api/events/99999?asOf=3',
      '/api/observations/99999?asOf=3',
    ];
    for (const path of refused) {
      const { status } = await node.get(path);
      expect([path, [404, 422].includes(status)]).toEqual([path, true]);
    }
    expect((await reads()).items.map(({ kind }) => kind)).toEqual(['node']);
  });

  test('knows who read a narrative, and nothing of who saw the live dashboard', async () => {
    const { body } = await node.post<Receipt>('/api/observations', report({ narrative: 'Three.' }));
    const without = await node.post<Receipt>('/api/observations', report({}));
    await node.get('/api/situation');
    await node.get('/api/observations');
    await node.get(`/api/observations/${without.body.id}`);
    expect((await reads('kind=narrative')).items).toEqual([]);
    await node.get(`/api/observations/${body.id}`);
    await node.get(`/api/events/${body.seq}`);
    expect((await reads('kind=narrative')).items.map(({ what }) => what)).toEqual([
      `events/${body.seq}`,
      `observation/${body.id}`,
    ]);
  });

  test('is kept when the node ends, and says when it was killed', async () => {
    await node.get('/api/situation?asOf=3');
    await node.get('/api/situation?asOf=4');
    await node.stop();
    await node.start();
    expect((await reads()).items.map(told)).toEqual([
      { kind: 'node', what: 'started', asOf: null, times: 1 },
      { kind: 'node', what: 'stopped', asOf: null, times: 1 },
      { kind: 'replay', what: 'the log', asOf: '4', times: 1 },
      { kind: 'replay', what: 'the log', asOf: '3', times: 1 },
      { kind: 'node', what: 'started', asOf: null, times: 1 },
    ]);
    const crashed = new DatabaseSync(join(node.folder, 'reads.sqlite'));
    await node.stop();
    crashed.exec(
      'DROP TRIGGER reads_are_never_removed; DELETE FROM read WHERE id = (SELECT max(id) FROM read)',
    );
    crashed.close();
    await node.start();
    expect((await reads('kind=node&limit=1')).items[0]?.what).toBe('started after it was killed');
  });

  test('knows which list was exported, and keeps no word that was looked for', async () => {
    await node.text('/api/observations.csv?kind=burst,shot&q=Alder');
    const { items } = await reads('kind=export');
    expect(items.map(({ what }) => what)).toEqual(['observations.csv?kind=burst,shot&q=…']);
  });

  test('has one name for everything that can be looked at or taken away', async () => {
    const looks: readonly (readonly [RecordedRead['kind'], string, string])[] = [
      ['replay', '/api/situation?occurredUntil=2026-11-22T11:00:00Z', 'the log'],
      ['replay', '/api/diff?from=2&to=4', 'diff?from=2&to=4'],
      ['replay', '/api/hindsight', 'hindsight'],
      ['narrative', '/api/events?after=39&limit=2', 'events/40-41'],
      ['export', '/api/observations.geojson?kind=shot', 'observations.geojson?kind=shot'],
      ['export', '/api/observations.ndjson', 'observations.ndjson'],
      [
        'export',
        '/api/diff/observations.csv?from=2&to=4&window=all',
        'diff/observations.csv?from=2&to=4&window=all',
      ],
      ['export', '/api/log.ndjson?to=4', 'log.ndjson?from=0&to=4'],
    ];
    for (const [, path] of looks)
      expect([path, (await node.get(path)).status]).toEqual([path, 200]);
    const { items } = await reads();
    expect(
      items.filter(({ kind }) => kind !== 'node').map(({ kind, what }) => [kind, what]),
    ).toEqual(looks.map(([kind, , what]) => [kind, what]).toReversed());
  });

  test('cannot be altered through its file', async () => {
    await node.get('/api/situation?asOf=3');
    await reads();
    const db = new DatabaseSync(join(node.folder, 'reads.sqlite'));
    expect(() => db.exec("UPDATE read SET officer = 'another'")).toThrow('never altered');
    expect(() => db.exec('DELETE FROM read')).toThrow('never removed');
    db.close();
  });

  test('is read page by page', async () => {
    for (const seq of [1, 2, 3, 4, 5]) await node.text(`/api/log.ndjson?from=${seq}&to=${seq}`);
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { items, next } = await reads(`kind=export&limit=2${cursor}`);
      seen.push(...items.map(({ what }) => what));
      if (next === undefined) break;
      cursor = `&cursor=${next}`;
    }
    expect(seen).toEqual([5, 4, 3, 2, 1].map((seq) => `log.ndjson?from=${seq}&to=${seq}`));
    expect((await reads(`to=${new Date(NOON).toISOString()}`)).items).toEqual([]);
    expect((await node.get<Problem>('/api/reads?asOf=3')).status).toBe(422);
  });

  test('refuses an export that it cannot record, and loses no look', async () => {
    const db = new DatabaseSync(join(node.folder, 'reads.sqlite'));
    await node.text('/api/log.ndjson?to=1');
    db.exec('BEGIN IMMEDIATE');
    const { status, body } = await node.get<Problem>('/api/log.ndjson?to=2');
    expect([status, body.code]).toEqual([503, 'store_unavailable']);
    expect(body.detail).toBe(
      'reads.sqlite cannot be written, and who reads this is recorded first.',
    );
    await node.get('/api/situation?asOf=3');
    db.exec('ROLLBACK');
    db.close();
    expect((await reads()).items.map(({ what }) => what)).toEqual([
      'the log',
      'log.ndjson?from=0&to=2',
      'log.ndjson?from=0&to=1',
      'started',
    ]);
  });
});
