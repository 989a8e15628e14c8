import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { describeShared } from '../../../scripts/beside-the-clone.ts';
import type { ObservationDetail, ObservationPage } from '../src/contract/observation.ts';
import type { Problem } from '../src/contract/problem.ts';
import { Traffic } from '../src/http/traffic.ts';
import { TABLES_FOLDER } from '../src/import/received-tables.ts';
import { NodeUnderTest, NOON } from './testing/node-under-test.ts';
import { rawRequest } from './testing/raw-request.ts';
import { commandId, match } from './testing/reports.ts';
import { until } from './testing/until.ts';

/** `POST /api/imports`: one line a row, nothing invented, nothing lost, nothing twice. */
const HEAD = 'date,longitude,latitude,type\n';

interface Line {
  readonly row: number;
  readonly line: number;
  readonly result: string;
  readonly id?: string;
  readonly column?: string;
  readonly reason?: string;
}

async function importTable(node: NodeUnderTest, csv: string | Uint8Array, query = '') {
  const response = await fetch(`${node.url}/api/imports${query}`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/csv' },
    body: csv,
  });
  const text = await response.text();
  if (response.status !== 200)
    return { status: response.status, problem: JSON.parse(text) as Problem };
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line): Line | Record<string, unknown> => JSON.parse(line));
  const rows = lines.filter((line): line is Line => 'row' in line);
  return { status: 200, rows, last: lines.at(-1) };
}

describe('importing into a real centre', () => {
  let node: NodeUnderTest;
  beforeAll(async () => {
    node = await NodeUnderTest.started({ founding: true });
  });
  afterAll(() => node.end());

  async function matching(query: string): Promise<number> {
    return (await node.get<ObservationPage>(`/api/observations?limit=1&${query}`)).body.matching;
  }

  describeShared('data', 'a real data file', (data) => {
    it.each([
      ['ucdp-nagorno-karabakh.csv', 53, 0],
      ['ucdp-ged-azerbaijan.csv', 3, 0],
      ['ucdp-ged-world-sample.csv', 997, 3],
      ['iraq-insurgent-attacks-5000.csv', 5_000, 0],
      ['alerts-hebrew-2000.csv', 2_000, 0],
    ])(
      'finds every row of %s, and finds them there the second time',
      async (file, recorded, known) => {
        const before = await matching('origin=external');
        const table = readFileSync(join(data, file));
        const first = await importTable(node, table);
        expect(first.last).toMatchObject({
          summary: { recorded, alreadyThere: known, refused: 0 },
        });
        expect(first.rows?.map(({ row }) => row)).toEqual(first.rows?.map((_, at) => at + 1));
        const again = await importTable(node, table);
        expect(again.last).toMatchObject({
          summary: { recorded: 0, corrected: 0, alreadyThere: recorded + known },
        });
        expect(await matching('origin=external')).toBe(before + recorded);
      },
      240_000,
    );
  });

  it('keeps equal rows apart and finds both again', async () => {
    const table = `${HEAD}2007-02-23,44.9,33.8,SAF\n2007-02-23,44.9,33.8,SAF\n2007-02-23,44.9,33.8,SAF\n`;
    const first = await importTable(node, table);
    expect(first.last).toMatchObject({ summary: { recorded: 3 } });
    expect(new Set(first.rows?.map(({ id }) => id)).size).toBe(3);
    expect((await importTable(node, table)).last).toMatchObject({
      summary: { recorded: 0, alreadyThere: 3 },
    });
  });

  const DEATHS =
    'id,deaths_side_a,deaths_side_b,deaths_civilian,deaths_unknown,deaths_low,deaths_high,location_where_name,start_date,end_date\n';

  it('makes a correction of a row that its source revised, and keeps what was said before', async () => {
    const row = (deaths: number) =>
      `${DEATHS}990001,${deaths},0,0,0,${deaths},${deaths},Line of Contact,2014-02-06,2014-02-06\n`;
    const first = await importTable(node, row(1));
    expect(first.last).toMatchObject({ summary: { recorded: 1 } });
    expect((await importTable(node, row(2))).last).toMatchObject({ summary: { corrected: 1 } });
    expect((await importTable(node, row(2))).last).toMatchObject({ summary: { alreadyThere: 1 } });
    const { body } = await node.get<ObservationDetail>(`/api/observations/${first.rows?.[0]?.id}`);
    expect(body.versions.map(({ row: { count } }) => count)).toMatchObject([
      { value: 1 },
      { value: 2 },
    ]);
    expect(body.versions.at(-1)?.row.reason).toBe('source_revised');
  });

  const died = (id: number, deaths: number, day = '2014-02-06') =>
    `${id},${deaths},0,0,0,${deaths},${deaths},Line of Contact,${day},${day}\n`;

  it('follows a source that goes back to what it said first, in a dry run too', async () => {
    for (const [deaths, result] of [
      [1, 'recorded'],
      [2, 'corrected'],
      [1, 'corrected'],
      [1, 'already_there'],
      [2, 'corrected'],
    ] as const) {
      const table = `${DEATHS}${died(990_010, deaths)}`;
      expect((await importTable(node, table, '?dryRun=true')).rows).toMatchObject([{ result }]);
      const { rows } = await importTable(node, table);
      expect(rows).toMatchObject([{ result }]);
      const { body } = await node.get<ObservationDetail>(`/api/observations/${rows?.[0]?.id}`);
      expect(body.versions.at(-1)?.row.count).toMatchObject({ value: deaths });
    }
  });

  it('leaves alone what an officer of the centre corrected, until the source says something new', async () => {
    const first = await importTable(node, `${DEATHS}${died(990_011, 1)}`);
    const id = first.rows?.[0]?.id;
    const { body } = await node.get<ObservationDetail>(`/api/observations/${id}`);
    const { unit, kind, means, when, casualties } = body.versions[0]?.row ?? {};
    const where = { form: 'unknown', reason: 'withheld' };
    const content = { unit, kind, means, when, casualties, origin: 'external', where };
    const correction = { id: commandId(), corrects: 1, reason: 'location_refined', content };
    const path = `/api/observations/${id}/corrections`;
    expect(await node.post(path, correction, match(0))).toMatchObject({ status: 201 });
    for (const [deaths, result] of [
      [1, 'already_there'],
      [2, 'corrected'],
      [2, 'already_there'],
    ] as const) {
      const table = `${DEATHS}${died(990_011, deaths)}`;
      expect((await importTable(node, table, '?dryRun=true')).rows).toMatchObject([{ result }]);
      expect((await importTable(node, table)).rows).toMatchObject([{ result }]);
    }
  });

  it('refuses a key that says two things in one file, and finds the rest there the second time', async () => {
    const table = [
      died(990_012, 1),
      died(990_013, 1),
      died(990_012, 1),
      died(990_012, 2),
      died(990_013, 1, '2013-02-06'),
    ].join('');
    const results = ['recorded', 'recorded', 'already_there', 'refused', 'refused'];
    const again = results.map((each) => (each === 'refused' ? each : 'already_there'));
    for (const [query, expected] of [
      ['?dryRun=true', results],
      ['', results],
      ['', again],
    ] as const) {
      const { rows } = await importTable(node, DEATHS + table, query);
      expect(rows?.map(({ result }) => result)).toEqual(expected);
      expect(rows?.[3]).toMatchObject({ reason: 'key_twice' });
    }
  });

  it('makes a correction, not a second observation, when the revised row has another date', async () => {
    const row = (day: string) => `${DEATHS}990002,1,0,0,0,1,1,Line of Contact,${day},${day}\n`;
    await importTable(node, row('2014-03-06'));
    const before = await matching('origin=external');
    expect((await importTable(node, row('2014-03-07'))).last).toMatchObject({
      summary: { corrected: 1 },
    });
    expect(await matching('origin=external')).toBe(before);
  });

  it('tells the results of a table that is carried in windows in the order of its rows', async () => {
    const days = Array.from({ length: 4_200 }, (_, at) =>
      at === 4_149 ? '2007-02-30' : '2007-02-23',
    );
    const table = HEAD + days.map((day, at) => `${day},44.9,33.8,SAF ${at}\n`).join('');
    const { rows, last } = await importTable(node, table, '?dryRun=true');
    expect(last).toMatchObject({ summary: { read: 4_200, recorded: 4_199, refused: 1 } });
    expect(rows?.map(({ row }) => row)).toEqual(days.map((_, at) => at + 1));
    expect(rows?.filter(({ result }) => result === 'refused')).toMatchObject([
      { row: 4_150, line: 4_151 },
    ]);
  });

  it('tells line, column and reason of a row it cannot read, and goes on', async () => {
    const { rows, last } = await importTable(
      node,
      `${HEAD}2007-02-23,44.9,33.8,SAF\n"2007-02-24","x\ny",33.8,SAF\n2007-02-30,44.9,33.8,SAF\n2007-02-25,44.9\n2007-02-26,44.9,33.7,SAF\n`,
    );
    expect(last).toMatchObject({ summary: { read: 5, refused: 3 } });
    expect(rows?.filter(({ result }) => result === 'refused')).toMatchObject([
      { row: 2, line: 3, column: 'longitude', reason: 'not_a_number' },
      { row: 3, line: 5, column: 'date', reason: 'not_a_date' },
      { row: 4, line: 6, reason: 'wrong_number_of_cells' },
    ]);
  });

  it('records nothing in a dry run and says what it would record', async () => {
    const before = await matching('origin=external');
    const table = `${HEAD}2008-02-23,44.1,33.1,SAF\n2008-02-23,44.1,99,SAF\n`;
    const { last } = await importTable(node, table, '?dryRun=true');
    expect(last).toMatchObject({ summary: { dryRun: true, recorded: 1, refused: 1 } });
    expect(await matching('origin=external')).toBe(before);
    expect((await importTable(node, table)).last).toMatchObject({ summary: { recorded: 1 } });
  });

  it('takes its own export back as a third party told it', async () => {
    const exported = await node.text(
      '/api/observations.csv?from=2014-02-01T00:00:00Z&to=2014-02-28T00:00:00Z',
    );
    const lines = exported.trimEnd().split('\r\n');
    const rows = lines.filter((line) => !line.startsWith('# ')).length - 1;
    const { last } = await importTable(node, exported);
    expect(last).toMatchObject({
      summary: { layout: 'ceasewatch', read: rows, recorded: rows, refused: 0 },
    });
  });

  it.each([
    ['', 'no_header'],
    ['colour,size\nred,1\n', 'unknown_layout'],
    [new Uint8Array([0x61, 0xff, 0x0a]), 'not_utf8'],
  ])('refuses a file as a whole with one reason', async (table, reason) => {
    const { status, problem } = await importTable(node, table);
    expect(status).toBe(422);
    expect(problem).toMatchObject({ code: 'invalid', errors: [{ reason }] });
  });

  it('says where it stopped when the file breaks off in the middle', async () => {
    const good = Array.from({ length: 300 }, (_, at) => `2009-02-23,44.${1000 + at},33.8,SAF`).join(
      '\n',
    );
    const before = await matching('origin=external');
    const { rows, last } = await importTable(node, `${HEAD}${good}\n"2009-03-01,44.9`);
    expect(await matching('origin=external')).toBe(before + (rows?.length ?? 0));
    expect(last).toMatchObject({ stopped: { code: 'malformed_csv', line: 302 } });
  });
});

describe('importing into an exercise', () => {
  /** Any exercise refuses; of a day it is told at once. */
  const BRIEF = { start: new Date(NOON - 86_400_000).toISOString() };

  it('needs a deliberate word', async () => {
    const node = await NodeUnderTest.started({ sort: 'exercise', exercise: BRIEF });
    try {
      const table = `${HEAD}2007-02-23,44.9,33.8,SAF\n`;
      expect(await importTable(node, table)).toMatchObject({
        status: 422,
        problem: { errors: [{ reason: 'exercise_log' }] },
      });
      const { last } = await importTable(node, table, '?intoExercise=true');
      expect(last).toMatchObject({ summary: { recorded: 1 } });
    } finally {
      await node.end();
    }
  }, 180_000);
});

describe('a table that a killed node left behind', () => {
  it('is gone when the node starts again', async () => {
    const node = new NodeUnderTest();
    const left = join(node.folder, TABLES_FOLDER, 'table-abc123');
    mkdirSync(left, { recursive: true });
    writeFileSync(join(left, 'table.csv'), HEAD);
    await node.start();
    expect(existsSync(left)).toBe(false);
    await node.end();
  });

  it('is all that goes: what somebody else put there stays', async () => {
    const node = new NodeUnderTest();
    const files = [
      join(node.folder, 'import-abc123', 'table.csv'),
      join(node.folder, 'import-table.csv'),
      join(node.folder, TABLES_FOLDER, 'notes.csv'),
      join(node.folder, TABLES_FOLDER, 'table-of-mine', 'table.csv'),
    ];
    for (const file of files) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, HEAD);
    }
    await node.start();
    expect(files.map((file) => existsSync(file))).toEqual(files.map(() => true));
    await node.end();
  });
});

describe('a table on a slow line', () => {
  let node: NodeUnderTest;
  beforeAll(async () => {
    node = await NodeUnderTest.started({ founding: true });
  });
  afterAll(() => node.end());

  const send = (length: number, pieces: readonly string[], pauseMs: number) => {
    const { host } = new URL(node.url);
    const head = `POST /api/imports HTTP/1.1\r\nHost: ${host}\r\nContent-Type: text/csv\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n`;
    return rawRequest(node.url, [head, ...pieces], { pauseMs });
  };

  it('is waited for as long as something comes, and 15 s when nothing does', async () => {
    const rows = Array.from({ length: 18 }, (_, at) => `2024-01-${10 + at},46.1,40.1,Battles\n`);
    const table = [HEAD, ...rows];
    const slow = send(table.join('').length, table, 1_000);
    const silent = send(5_000, [HEAD], 0);
    const [carried, given] = await Promise.all([slow, silent]);
    expect(carried.tookMs).toBeGreaterThan(17_000);
    expect(carried.text).toContain('"recorded":18');
    expect(given.status).toBe(408);
    expect(given.tookMs).toBeLessThan(30_000);
    await until(() => readdirSync(join(node.folder, TABLES_FOLDER)).length === 0);
  });
});

describe('a client that goes during an import', () => {
  let node: NodeUnderTest;
  const said: string[] = [];
  beforeAll(async () => {
    node = await NodeUnderTest.started({ founding: true });
    jest.spyOn(process.stderr, 'write').mockImplementation((line) => said.push(String(line)) > 0);
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await node.end();
  });

  const row = (at: number) => `2024-01-${10 + (at % 20)},46.${100_000 + at},40.1,Battles\n`;
  const table = HEAD + Array.from({ length: 3_000 }, (_, at) => row(at)).join('');
  const post = (length: number) => {
    const { host, hostname, port } = new URL(node.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => socket.destroy());
    const head = ['POST /api/imports HTTP/1.1', `Host: ${host}`, 'Content-Type: text/csv'];
    socket.write([...head, `Content-Length: ${length}`, '', ''].join('\r\n'));
    return socket;
  };
  const tables = () => {
    const folder = join(node.folder, TABLES_FOLDER);
    return existsSync(folder) ? readdirSync(folder) : [];
  };
  const isIdle = () => {
    const { underWay } = node.running.app.get(Traffic);
    return underWay === 0 && tables().length === 0;
  };

  it('while its table is read leaves nothing behind, and no fault', async () => {
    const before = node.running.parts.eventLog.head().seq;
    const socket = post(table.length * 2);
    socket.write(table);
    await until(() => tables().length > 0);
    socket.destroy();
    await until(isIdle);
    expect([node.running.parts.eventLog.head().seq, said]).toEqual([before, []]);
  });

  it('while it is answered leaves whole rows, and no fault', async () => {
    const socket = post(table.length);
    socket.write(table);
    await once(socket, 'data');
    socket.destroy();
    await until(isIdle);
    expect(said).toEqual([]);
    const again = await importTable(node, table);
    expect(again.last).toMatchObject({ summary: { read: 3_000, refused: 0 } });
    const page = await node.get<ObservationPage>('/api/observations?limit=1&origin=external');
    expect(page.body.matching).toBe(3_000);
  }, 120_000);
});
