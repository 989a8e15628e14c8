import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { CentreAnswer } from '@ceasewatch/api/contract/centre';
import type { ObservationDetail, Receipt } from '@ceasewatch/api/contract/observation';
import { UNITS } from '@ceasewatch/domain/testing/cast';
import { original } from '../src/http/csv.ts';
import { describeShared } from '../../../scripts/beside-the-clone.ts';
import { NodeUnderTest } from './testing/node-under-test.ts';
import { report } from './testing/reports.ts';

/** Files out: every format holds the same rows, no cell runs, and no text changes on the way. */
let node: NodeUnderTest;
beforeAll(async () => {
  node = await NodeUnderTest.started();
});
afterAll(() => node.end());

const FORMULA = '=HYPERLINK("http://example.invalid","click")';

describe('the exports of a filtered list', () => {
  beforeAll(async () => {
    const near = { lat: 39.99, lon: 46.92, errorM: 500 };
    const places = [
      { form: 'area', name: FORMULA, near },
      { form: 'area', name: 'a","=1+1', near },
      { form: 'unknown', reason: 'not_known' },
    ];
    for (const where of places) await node.post('/api/observations', report({ where }));
    await node.post('/api/observations', report({ kind: 'uav', count: { unknown: 'not_known' } }));
  });

  test('are CSV that a spreadsheet opens without running it', async () => {
    const { headers } = await node.get('/api/observations.csv');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="ceasewatch-.*\.csv"$/,
    );
    const text = await node.text('/api/observations.csv?kind=burst');
    const rows: Record<string, string>[] = parse(text, { columns: true, comment: '#' });
    expect(rows.map((row) => row['number'])).toEqual(['1', '2', '3']);
    expect(rows[0]).toMatchObject({ kind: 'burst', count: '12', latitude: '39.99', late: 'false' });
    expect(rows[0]?.['place_name']).toBe(`'${FORMULA}`);
    expect(rows.map((row) => original(row['place_name'] ?? ''))).toEqual([FORMULA, 'a","=1+1', '']);
    for (const cell of rows.flatMap((row) => Object.values(row)))
      expect(cell).not.toMatch(/^[=+@\t\r]/);
  });

  test('are GeoJSON with a feature for what has no place too', async () => {
    const collection = JSON.parse(await node.text('/api/observations.geojson'));
    expect(collection.type).toBe('FeatureCollection');
    expect(collection.features).toHaveLength(4);
    expect(collection.features[0].geometry).toEqual({ type: 'Point', coordinates: [46.92, 39.99] });
    expect(collection.features[2]).toMatchObject({ type: 'Feature', geometry: null });
    expect(JSON.parse(await node.text('/api/observations.geojson?kind=crater')).features).toEqual(
      [],
    );
  });

  test('are NDJSON, one row a line', async () => {
    const lines = (await node.text('/api/observations.ndjson?asOf=999')).split('\n');
    expect(JSON.parse(lines.join(''))).toMatchObject({ code: 'invalid' });
    const text = await node.text('/api/observations.ndjson?kind=uav');
    expect(text.endsWith('\n')).toBe(true);
    const [head, row, end, ...more] = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(row).toMatchObject({ kind: 'uav', number: 4, unit: UNITS.postDogwood });
    expect(head).toMatchObject({ export: 'head', format: 'ceasewatch-observations.1' });
    expect([end, more]).toEqual([{ export: 'end', rows: 1 }, []]);
  });

  test('say as of which event and in which zone they are, and of what', async () => {
    const query = 'kind=burst&occurredUntil=2030-01-01T00:00:00Z&q=%22%0A%3D1%2B1';
    const head = JSON.parse(
      (await node.text(`/api/observations.ndjson?${query}`)).split('\n')[0] ?? '',
    );
    const { body } = await node.get<CentreAnswer>('/api/centre');
    expect(head).toMatchObject({
      log: body.log,
      exercise: body.exercise,
      asOf: { seq: body.asOf },
      occurredUntil: '2030-01-01T00:00:00.000Z',
      timeZone: 'UTC',
      centreZone: body.zone,
      filter: 'kind=burst&q=%22%0A%3D1%2B1',
    });
    const collection = JSON.parse(await node.text(`/api/observations.geojson?${query}`));
    const { export: _kind, ...told } = head;
    expect(collection.ceasewatch).toEqual(told);
    const lines = (await node.text(`/api/observations.csv?${query}`)).split('\r\n');
    expect(lines.slice(0, 8)).toEqual([
      '# format: ceasewatch-observations.1',
      `# log: ${body.log}`,
      `# exercise: ${body.exercise}`,
      `# asOf: event ${body.asOf} of ${head.asOf.time}`,
      '# occurredUntil: 2030-01-01T00:00:00.000Z',
      '# timeZone: UTC',
      `# centreZone: ${body.zone}`,
      '# filter: kind=burst&q=%22%0A%3D1%2B1',
    ]);
    expect(lines[8]).toMatch(/^number,id,/);
  });

  test('refuse parameters that they do not know', async () => {
    expect((await node.get('/api/observations.csv?limit=3')).status).toBe(422);
  });
});

async function inBatches<Item>(items: readonly Item[], act: (item: Item) => Promise<void>) {
  for (let at = 0; at < items.length; at += 32)
    await Promise.all(items.slice(at, at + 32).map(act));
}

/** What would be read in another order than it is kept. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/;

describeShared('corpora/blns/blns.json', 'naughty strings', (list) => {
  test('are kept as narrative letter by letter, or refused', async () => {
    const strings: string[] = JSON.parse(readFileSync(list, 'utf8'));
    const more = ['nul\0nul', 'right\u202eleft', `o${'\u0301'.repeat(4000)}`];
    const changed: string[] = [];
    await inBatches([...strings, ...more], async (narrative) => {
      const sent = await node.post<Receipt>('/api/observations', report({ narrative }));
      if (sent.status === 422 && (narrative === '' || TURNING.test(narrative))) return;
      const { body } = await node.get<ObservationDetail>(`/api/observations/${sent.body.id}`);
      const kept = body.versions[0]?.narrative;
      if (kept?.state !== 'shown' || kept.value !== narrative) changed.push(narrative);
    });
    expect(changed).toEqual([]);
  }, 180_000);

  test('are only looked for, whatever is asked for with q', async () => {
    const strings: string[] = JSON.parse(readFileSync(list, 'utf8'));
    await inBatches(strings, async (q) => {
      const { status } = await node.get(`/api/observations?limit=1&q=${encodeURIComponent(q)}`);
      expect([q, [200, 422].includes(status)]).toEqual([q, true]);
    });
  }, 180_000);
});
