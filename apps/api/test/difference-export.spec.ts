import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { CentreAnswer } from '@ceasewatch/api/contract/centre';
import type {
  DifferenceAnswer,
  ObservationDifference,
  ObservationDifferencePage,
} from '@ceasewatch/api/contract/difference';
import type { Problem } from '@ceasewatch/api/contract/problem';
import { original } from '../src/http/csv.ts';
import { NodeUnderTest } from './testing/node-under-test.ts';
import { commandId, content, match, report } from './testing/reports.ts';

/** A difference as a file is the difference as an answer, whole and in one piece. */
let node: NodeUnderTest;
beforeAll(async () => {
  node = await NodeUnderTest.amidExercise();
}, 120_000);
afterAll(() => node.end());

async function allChanged(query: string): Promise<readonly ObservationDifference[]> {
  const items: ObservationDifference[] = [];
  for (let cursor = '', more = true; more;) {
    const { body } = await node.get<ObservationDifferencePage>(
      `/api/diff/observations?limit=200&${query}${cursor}`,
    );
    items.push(...body.items);
    more = body.next !== undefined;
    cursor = `&cursor=${body.next}`;
  }
  return items;
}

/** What files tell: narrative was changed, not how. */
function told(item: ObservationDifference): ObservationDifference {
  const disclosed = item.disclosed.map((each) => ({
    ...each,
    before: each.before?.state === 'shown' ? ({ state: 'withheld' } as const) : each.before,
    after: each.after?.state === 'shown' ? ({ state: 'withheld' } as const) : each.after,
  }));
  return { ...item, disclosed };
}

const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

const rowsOf = (text: string): Record<string, string>[] =>
  parse(text, { columns: true, comment: '# ', comment_no_infix: true });

describe('the export of a difference', () => {
  test.each([
    // More than one question to the columns brings.
    ['from=0', 2_500],
    ['from=1200&to=2900', 200],
    ['from=900&to=2400&kind=burst,shot', 1],
    ['from=2000&to=2950&change=corrected', 1],
    ['from=1100&to=2200&q=post&window=all&figure=matching', 1],
    ['from=1000&to=2900&occurredFrom=2026-10-01T00:00:00Z&occurredUntil=2026-11-20T00:00:00Z', 1],
    ['from=2000&to=2000', 0],
  ])(
    'of %s has every observation of the answer, in its order',
    async (query, least) => {
      const expected = await allChanged(query);
      const text = await node.text(`/api/diff/observations.ndjson?${query}`);
      // Line by line to the letter: jest takes ten seconds to walk through thousands of objects.
      const lines = text.trimEnd().split('\n');
      expect(lines.slice(1, -1)).toEqual(expected.map((item) => JSON.stringify(told(item))));
      expect(lines.at(-1)).toBe(JSON.stringify({ export: 'end', rows: expected.length }));
      expect(expected.length).toBeGreaterThanOrEqual(least);
      const rows = rowsOf(await node.text(`/api/diff/observations.csv?${query}`));
      expect(
        rows.map((row) => [row['id'], row['change'], row['shown_then'], row['shown_now']]),
      ).toEqual(
        expected.map(({ id, change, shown }) => [id, change, `${shown.then}`, `${shown.now}`]),
      );
      const words = (row: Record<string, string>) =>
        ['figures', 'fields', 'events', 'now_kind', 'then_version', 'now_version'].map(
          (name) => row[name],
        );
      expect(rows.map(words)).toEqual(
        expected.map(({ figures, fields, events, before, after }) => [
          figures.join(' '),
          fields.map(({ field }) => field).join(' '),
          events.map(({ seq }) => `${seq}`).join(' '),
          after.kind,
          `${before?.version ?? ''}`,
          `${after.version}`,
        ]),
      );
    },
    240_000,
  );

  test.each(['csv', 'ndjson'])(
    'as %s is the same whichever moment is named first',
    async (format) => {
      const file = (query: string) => node.text(`/api/diff/observations.${format}?${query}`);
      const at = 'at=2026-11-22T12:00:00Z';
      const there = await file(`from=2000&to=2100&${at}`);
      expect(await file(`from=2100&to=2000&${at}`)).toBe(there);
      expect(there).toContain('2100');
    },
  );

  test('says between which events and in which zone it is, and of what', async () => {
    const query = 'from=2100&to=2000&window=7d&kind=burst&change=added&q=%22%0A%3D1%2B1';
    const answer = await node.get<DifferenceAnswer>(
      `/api/diff?${query.replace('change=added&', '')}`,
    );
    const { from, to, situation } = answer.body;
    const [head] = linesOf(await node.text(`/api/diff/observations.ndjson?${query}`));
    const { body } = await node.get<CentreAnswer>('/api/centre');
    expect(head).toEqual({
      export: 'head',
      format: 'ceasewatch-difference.1',
      log: body.log,
      exercise: body.exercise,
      from,
      to,
      occurredFrom: null,
      occurredUntil: null,
      timeZone: 'UTC',
      centreZone: body.zone,
      window: '7d',
      at: situation.now.query.at,
      change: 'added',
      figure: null,
      filter: 'kind=burst&q=%22%0A%3D1%2B1',
    });
    const { headers } = await node.get(`/api/diff/observations.csv?${query}`);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toBe(
      'attachment; filename="ceasewatch-difference-2000-2100.csv"',
    );
    const lines = (await node.text(`/api/diff/observations.csv?${query}`)).split('\r\n');
    expect(lines.slice(3, 5)).toEqual([
      `# from: event 2000 of ${from.time}`,
      `# to: event 2100 of ${to.time}`,
    ]);
    expect(lines.slice(0, 14).every((line) => /^# \w+: [^",]*$/.test(line))).toBe(true);
    expect(lines[14]).toMatch(/^number,id,change,/);
  });

  test('runs as no formula, and tells no narrative', async () => {
    const name = '=HYPERLINK("http://example.invalid","click")';
    const near = { lat: 39.99, lon: 46.92, errorM: 500 };
    const sent = await node.post(
      '/api/observations',
      report({ where: { form: 'area', name, near }, narrative: 'Twelve bursts.' }),
    );
    const [id, from] = [String(sent.body['id']), Number(sent.body['seq'])];
    const correction = {
      id: commandId(),
      corrects: 1,
      reason: 'count_refined',
      content: content({ where: { form: 'area', name: '@SUM(A1)', near }, narrative: 'Fifteen.' }),
    };
    const done = await node.post(`/api/observations/${id}/corrections`, correction, match(0));
    expect([sent.status, done.status]).toEqual([201, 201]);
    const query = `from=${from}&q=${id}`;
    const [row] = rowsOf(await node.text(`/api/diff/observations.csv?${query}`));
    expect(row).toMatchObject({
      fields: 'where',
      disclosed: 'narrative',
      reasons: 'count_refined',
    });
    const names = [row?.['then_place_name'] ?? '', row?.['now_place_name'] ?? ''];
    expect(names).toEqual([`'${name}`, "'@SUM(A1)"]);
    expect(names.map(original)).toEqual([name, '@SUM(A1)']);
    for (const format of ['csv', 'ndjson']) {
      const text = await node.text(`/api/diff/observations.${format}?${query}`);
      expect(text).not.toMatch(/Twelve bursts|Fifteen/);
    }
  });

  test.each([
    ['', 'from', 'invalid_type'],
    ['from=1&limit=5', 'limit', 'unknown_field'],
    ['from=1&cursor=x', 'cursor', 'unknown_field'],
    ['from=1&to=999999999', 'to', 'no_such_event'],
  ])('refuses %s', async (query, field, reason) => {
    const { status, body } = await node.get<Problem>(`/api/diff/observations.csv?${query}`);
    expect([status, body.errors?.[0]?.field, body.errors?.[0]?.reason]).toEqual([
      422,
      field,
      reason,
    ]);
  });

  test('is recorded before it is given, without the words that were looked for', async () => {
    await node.text('/api/diff/observations.csv?from=2000&to=2100&q=Alder');
    const { body } = await node.get<{ items: { what: string }[] }>(
      '/api/reads?kind=export&limit=1',
    );
    expect(body.items[0]?.what).toBe('diff/observations.csv?from=2000&to=2100&window=24h&q=…');
  });
});
