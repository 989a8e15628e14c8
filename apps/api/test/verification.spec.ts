import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ReadPage } from '@ceasewatch/api/contract/reads';
import type {
  VerificationAnswer,
  VerificationsAnswer,
} from '@ceasewatch/api/contract/verification';
import { compareReadModel } from '../src/verification/compare-read-model.ts';
import { verificationAnswer, verificationsAnswer } from '../src/http/verification-schemas.ts';
import { NodeUnderTest } from './testing/node-under-test.ts';
import { report } from './testing/reports.ts';
import { until } from './testing/until.ts';

/** The auditor's walk, asked for at the node: over an exercise with everything that a story has in it. */
describe('POST /api/verifications', () => {
  let node: NodeUnderTest;
  const begun = (body: object = {}) => node.post<VerificationAnswer>('/api/verifications', body);
  const ended = async (id: string): Promise<VerificationAnswer> => {
    for (;;) {
      const { body } = await node.get<VerificationAnswer>(`/api/verifications/${id}`);
      verificationAnswer.parse(body);
      if (body.state !== 'running') return body;
      await new Promise((resume) => setTimeout(resume, 50));
    }
  };
  const verified = async (body: object = {}) => ended((await begun(body)).body.id);
  const withRows = (change: string) => {
    const name = readdirSync(node.folder).find((each) => /^read-model-\w+\.sqlite$/.test(each));
    const db = new DatabaseSync(join(node.folder, name ?? ''));
    try {
      db.exec(change);
    } finally {
      db.close();
    }
  };

  beforeAll(async () => {
    node = await NodeUnderTest.amidExercise({ embedded: true });
  }, 120_000);
  afterAll(() => node.end());

  it('finds a sound log sound, with rows that are those of a rebuild, and keeps what it found', async () => {
    const [first, second] = await Promise.all([begun(), begun()]);
    expect(first).toMatchObject({ status: 202, body: { state: 'running', from: 0 } });
    expect(second.body.id).toBe(first.body.id);
    const found = await ended(first.body.id);
    const { asOf } = (await node.get('/api/log')).body;
    expect(found).toMatchObject({
      state: 'sound',
      reached: asOf,
      last: asOf,
      flaws: { count: 0, first: [] },
      readModel: { position: asOf, differences: 0, first: [] },
      failure: null,
    });
    const event = await node.get<{ chain: string }>(`/api/events/${String(asOf)}`);
    expect(found.head).toBe(`${String(asOf)}:${event.body.chain}`);
    await node.stop();
    await node.start();
    const { body } = await node.get<VerificationsAnswer>('/api/verifications');
    expect(verificationsAnswer.parse(body).items).toEqual([found]);
    const reads = await node.get<ReadPage>('/api/reads?kind=verification');
    expect(reads.body.items.map(({ what }) => what)).toEqual(['events from 0', 'events from 0']);
  }, 120_000);

  it('ends no node when what it found cannot be written, and writes it with the next', async () => {
    const book = join(node.folder, 'verifications.sqlite');
    const change = (sql: string) => {
      const db = new DatabaseSync(book);
      db.exec(sql);
      db.close();
    };
    change(`CREATE TRIGGER disk_is_full BEFORE INSERT ON verification
      BEGIN SELECT RAISE(ABORT, 'no room'); END`);
    const errors = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const unkept = await verified({ from: 1_000 });
    expect(String(errors.mock.calls[0]?.[0])).toContain('no room');
    errors.mockRestore();
    const listed = async () => {
      return (await node.get<VerificationsAnswer>('/api/verifications')).body.items;
    };
    expect((await listed())[0]).toEqual(unkept);
    change('DROP TRIGGER disk_is_full');
    const kept = await verified({ from: 1_000 });
    await node.stop();
    await node.start();
    expect((await listed()).slice(0, 2)).toEqual([kept, unkept]);
  }, 120_000);

  it('holds the log against a head that was kept', async () => {
    const { head } = await verified();
    expect(await verified({ expected: head, from: 1_000 })).toMatchObject({
      state: 'sound',
      from: 1_000,
      expected: head,
    });
    const other = `5:${'A'.repeat(43)}=`;
    expect(await verified({ expected: other })).toMatchObject({
      state: 'flawed',
      flaws: { count: 1, first: [{ seq: 5, kind: 'other_head' }] },
    });
    expect(await begun({ expected: 'the one of yesterday' })).toMatchObject({ status: 422 });
    expect(await node.get('/api/verifications/none')).toMatchObject({ status: 404 });
  }, 120_000);

  it('is walked through the door of the node too', async () => {
    const main = fileURLToPath(new URL('../../auditor/dist/verify-log.main.js', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [main, '--url', node.url]);
    expect(stdout).toMatch(/: sound, \d+ events of the exercise/);
  }, 120_000);

  it('compares its rows quietly where nobody reads the answer any more', async () => {
    const main = fileURLToPath(
      new URL('../dist/verification/verify-read-model.main.js', import.meta.url),
    );
    const child = spawn(process.execPath, [main, '--data', node.folder], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    const [said, ended] = await Promise.all([text(child.stderr), once(child, 'close')]);
    expect([said, ended]).toEqual(['', [0, null]]);
  }, 120_000);

  it('names every row of the read model that somebody altered, removed or added by hand, and mends it', async () => {
    withRows(`UPDATE observation_version SET lat = lat + 1 WHERE from_seq = 2000;
      DELETE FROM observation_content WHERE seq = 2000;
      INSERT INTO observation_word VALUES (999999, 'mine')`);
    const { state, flaws, readModel } = await verified();
    expect({ state, flaws, differences: readModel?.differences }).toMatchObject({
      state: 'flawed',
      flaws: { count: 0 },
      differences: 3,
    });
    const named = readModel?.first.map(({ table, row, how }) => `${table}: ${row} ${how}`);
    expect(named?.toSorted()).toEqual([
      'observation_content: seq 2000 missing',
      'observation_version: from_seq 2000 altered',
      'observation_word: id 999999 surplus',
    ]);
    // The node makes them anew by itself, and shows nothing meanwhile.
    await until(async () => (await node.get('/api/observations')).status === 200);
    expect(await verified()).toMatchObject({ state: 'sound' });
  }, 120_000);

  it('names an index that leaves rows out and a trigger, and mends them', async () => {
    withRows(`DROP INDEX observation_version_number;
      CREATE INDEX observation_version_number ON observation_version (number, from_seq) WHERE number < 9;
      CREATE TRIGGER mine AFTER INSERT ON observation_version
        BEGIN UPDATE observation_version SET lat = 0 WHERE from_seq = new.from_seq; END`);
    const { state, readModel } = await verified();
    expect([state, readModel?.differences, readModel?.first]).toEqual([
      'flawed',
      2,
      [
        { table: 'the file', row: 'index observation_version_number', how: 'altered' },
        { table: 'the file', row: 'trigger mine', how: 'surplus' },
      ],
    ]);
    await until(async () => (await node.get('/api/observations')).status === 200);
    expect(await verified()).toMatchObject({ state: 'sound' });
  }, 120_000);

  it('names what somebody added to the file of the log, and compares the rows all the same', async () => {
    await node.stop();
    const db = new DatabaseSync(join(node.folder, 'log.sqlite'));
    const change = (sql: string) => db.exec(sql);
    change(`CREATE TRIGGER quiet AFTER INSERT ON events
      BEGIN UPDATE vault SET disclosures = '[]' WHERE seq = new.seq; END`);
    await node.start();
    const found = await verified();
    await node.stop();
    change('DROP TRIGGER quiet');
    db.close();
    await node.start();
    expect(found).toMatchObject({
      state: 'flawed',
      flaws: {
        count: 1,
        first: [{ seq: -1, kind: 'file_altered', message: 'the trigger quiet is none of a log' }],
      },
      readModel: { differences: 0 },
    });
  }, 120_000);

  it('is begun only where there is room for the rows a second time', () => {
    const compare = () => compareReadModel(node.folder, '/proc', () => undefined);
    expect(compare).toThrow('/proc has room for 0 bytes, not for ');
  });

  it('finds the word of a report that cannot be searched for', async () => {
    withRows(`INSERT INTO observation_text (observation_text, rowid, place, narrative, said)
      SELECT 'delete', seq, place, narrative, said FROM observation_folded WHERE narrative <> '' LIMIT 1`);
    const compared = compareReadModel(node.folder, node.folder, () => undefined);
    expect(compared?.differences).toBeGreaterThan(0);
    expect(compared?.first[0]).toMatchObject({ table: 'observation_text' });
  }, 120_000);
});

describe('a real centre', () => {
  it('removes what a comparison left that was killed', async () => {
    const node = await NodeUnderTest.started({ embedded: true });
    await node.stop();
    const left = join(node.folder, 'rebuilt-Ab12cD');
    mkdirSync(left);
    writeFileSync(join(left, '1.sqlite'), 'half of it');
    await node.start();
    expect(existsSync(left)).toBe(false);
    await node.end();
  });

  it('is sound with what was reported, corrected and taken back there', async () => {
    const node = await NodeUnderTest.started({ embedded: true });
    const sent = report({ narrative: 'Three bursts, then silence.' });
    await node.post('/api/observations', sent);
    const { id } = sent;
    await node.post(
      `/api/observations/${id}/retraction`,
      { id: report().id, retracts: 1, reason: 'duplicate' },
      { 'If-Match': '"0"' },
    );
    const main = fileURLToPath(new URL('../../auditor/dist/verify-log.main.js', import.meta.url));
    const { status, stdout } = spawnSync(process.execPath, [main, '--data', node.folder], {
      encoding: 'utf8',
    });
    await node.end();
    expect(stdout).toMatch(/: sound, \d+ events of the log /);
    expect(status).toBe(0);
  });
});

/** A leaf that somebody altered by hand, with the triggers that forbid it put back. */
describe('POST /api/verifications over a log that was tampered with', () => {
  let node: NodeUnderTest;
  beforeAll(async () => {
    node = await NodeUnderTest.started({ embedded: true });
    await node.post('/api/observations', report());
    await node.stop();
    const db = new DatabaseSync(join(node.folder, 'log.sqlite'));
    const triggers = db.prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`).all();
    for (const { name } of triggers) db.exec(`DROP TRIGGER ${String(name)}`);
    db.exec(`UPDATE events SET leaf = replace(leaf, '"value":12', '"value":13')
      WHERE seq = (SELECT max(seq) FROM events)`);
    for (const { sql } of triggers) db.exec(String(sql));
    db.close();
    await node.start();
  }, 120_000);
  afterAll(() => node.end());

  it('names the event and the kind of the flaw, and compares no rows', async () => {
    const { body } = await node.post<VerificationAnswer>('/api/verifications', {});
    let told = body;
    while (told.state === 'running') {
      await new Promise((resume) => setTimeout(resume, 50));
      told = (await node.get<VerificationAnswer>(`/api/verifications/${body.id}`)).body;
    }
    expect(told).toMatchObject({
      state: 'flawed',
      flaws: { count: 1, first: [{ seq: told.reached, kind: 'leaf_altered' }] },
      readModel: null,
      failure: null,
    });
  });
});
