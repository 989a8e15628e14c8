import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { openLog } from '../event-log/open-log.ts';
import { FIRST_INSTANT, testEvent, testId, testStream } from '../event-log/testing/events.ts';
import { StandIn } from '../event-log/testing/stand-in.ts';
import { logRows } from './testing/log-rows.ts';
import { erase, writeLog } from './testing/write-log.ts';

/**
 * `npm run copy-log` as an operator meets it: a process, folders, a store in another process. With
 * `EVENTSTORE_TEST_URL` the store is a real server.
 */
const REAL = process.env['EVENTSTORE_TEST_URL'];
const STREAMS = 300;
/** As many as are not copied before the copying process is killed. */
const STREAMS_OF_SECONDS = 2_000;
/** With corrections and erasures, and the first event. */
const EVENTS = 403;

describe('copy-log', () => {
  let folder: string;
  let store: StandIn | undefined;
  let prefix: string;
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    store = REAL === undefined ? await StandIn.started() : undefined;
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ceasewatch-copying-'));
    prefix = `t${crypto.randomUUID().slice(0, 8)}`;
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  afterAll(() => store?.kill());

  const inFolder = (name: string): string => join(folder, name);
  const inStore = (): string => REAL ?? store?.url ?? '';
  const start = (from: string, to: string): ChildProcess => {
    const script = join(import.meta.dirname, 'copy-log.main.ts');
    const flags = ['--from', from, '--to', to];
    const env = { ...process.env, EVENTSTORE_PREFIX: prefix, TMPDIR: folder };
    const child = spawn(execPath, ['--conditions=ceasewatch-source', script, ...flags], { env });
    children.push(child);
    return child;
  };
  /** Runs it to its end. */
  const copy = async (from: string, to: string) => {
    const child = start(from, to);
    let [said, complaint] = ['', ''];
    child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    const [code] = await once(child, 'close');
    return { code, said, complaint };
  };
  const rowsOf = (name: string) => logRows(inFolder(name));
  const scratch = () => readdirSync(folder).filter((name) => name.startsWith('ceasewatch-copy-'));

  it('carries a log into a store and back, byte for byte', async () => {
    await writeLog(inFolder('a'), STREAMS);
    const there = await copy(inFolder('a'), inStore());
    expect(there).toMatchObject({ code: 0, complaint: '' });
    expect(there.said).toContain(`the same ${EVENTS} events`);
    const back = await copy(inStore(), inFolder('b'));
    expect(back).toMatchObject({ code: 0, complaint: '' });
    const rows = rowsOf('a');
    expect(rows).toHaveLength(EVENTS);
    expect(rows.some(({ disclosures }) => String(disclosures).includes('"erased":"'))).toBe(true);
    expect(rowsOf('b')).toEqual(rows);
    expect(scratch()).toEqual([]);
  });

  it('changes nothing when it is run again, and adds what came since', async () => {
    await writeLog(inFolder('a'), 20);
    await copy(inFolder('a'), inStore());
    expect((await copy(inFolder('a'), inStore())).said).toContain('nothing was missing');
    await writeLog(inFolder('a'), 20, 1_001);
    // Of an event that has been carried already, and was erased here afterwards.
    const log = await openLog({ folder: inFolder('a'), exercise: true, now: () => FIRST_INSTANT });
    await erase(log, 1, 'narrative');
    await log.close();
    expect(await copy(inFolder('a'), inStore())).toMatchObject({ code: 0, complaint: '' });
    await copy(inStore(), inFolder('b'));
    expect(rowsOf('b')).toEqual(rowsOf('a'));
  });

  it.each(['into', 'out of'])(
    'goes on where it was killed on its way %s a store',
    async (way) => {
      await writeLog(inFolder('a'), STREAMS_OF_SECONDS);
      if (way === 'out of') await copy(inFolder('a'), inStore());
      const [from, to] = way === 'into' ? [inFolder('a'), inStore()] : [inStore(), inFolder('b')];
      for (let round = 0; round < 4; round += 1) {
        const child = start(from, to);
        setTimeout(() => child.kill('SIGKILL'), 400 + Math.random() * 900);
        await once(child, 'close');
      }
      expect(await copy(from, to)).toMatchObject({ code: 0, complaint: '' });
      if (way === 'into') await copy(inStore(), inFolder('b'));
      expect(rowsOf('b')).toEqual(rowsOf('a'));
    },
    300_000,
  );

  it('refuses a target that has another log, and writes nothing', async () => {
    await writeLog(inFolder('a'), 20);
    const log = await openLog({
      folder: inFolder('b'),
      exercise: true,
      logId: testId(9_999),
      now: () => FIRST_INSTANT,
    });
    await log.close();
    expect(await copy(inFolder('a'), inStore())).toMatchObject({ code: 0 });
    const before = rowsOf('b');
    expect(await copy(inFolder('a'), inFolder('b'))).toMatchObject({ code: 1, said: '' });
    expect(await copy(inStore(), inFolder('b'))).toMatchObject({ code: 1, said: '' });
    expect(rowsOf('b')).toEqual(before);
    expect((await copy(inFolder('b'), inStore())).complaint).toContain('holds the log');
  });

  it('refuses a target that went another way after a common beginning', async () => {
    await writeLog(inFolder('a'), 20);
    await copy(inFolder('a'), inFolder('b'));
    const both = rowsOf('a').length;
    for (const [name, n] of [
      ['a', 501],
      ['b', 502],
    ] as const) {
      const log = await openLog({
        folder: inFolder(name),
        exercise: true,
        now: () => FIRST_INSTANT,
      });
      await log.append(testStream(n), 'none', [testEvent({ stream: n })]);
      await log.close();
    }
    const { code, complaint } = await copy(inFolder('a'), inFolder('b'));
    expect({ code, complaint }).toMatchObject({
      code: 1,
      complaint: expect.stringContaining(`another event ${both}`),
    });
  });

  it('leaves a target alone that has gone on', async () => {
    await writeLog(inFolder('a'), 20);
    await copy(inFolder('a'), inFolder('b'));
    await writeLog(inFolder('b'), 5, 1_001);
    const before = rowsOf('b');
    const { code, said } = await copy(inFolder('a'), inFolder('b'));
    expect({ code, said }).toMatchObject({
      code: 0,
      said: expect.stringMatching(/nothing was missing; \d+ more of its own/),
    });
    expect(rowsOf('b')).toEqual(before);
  });

  it('refuses a folder that a node holds, on either side', async () => {
    await writeLog(inFolder('a'), 5);
    const log = await openLog({ folder: inFolder('a'), exercise: true, now: () => FIRST_INSTANT });
    expect(await copy(inFolder('a'), inFolder('b'))).toMatchObject({ code: 1 });
    expect(await copy(inFolder('b'), inFolder('a'))).toMatchObject({ code: 1 });
    await log.close();
  });

  it('carries what stands before damage, and names the damage', async () => {
    await writeLog(inFolder('a'), 20);
    const db = new DatabaseSync(join(inFolder('a'), 'log.sqlite'));
    db.exec(`DROP TRIGGER events_are_never_altered;
      UPDATE events SET leaf = replace(leaf, 'burst', 'shots') WHERE seq = 12`);
    db.close();
    const { code, complaint } = await copy(inFolder('a'), inFolder('b'));
    expect({ code, complaint }).toMatchObject({
      code: 4,
      complaint: expect.stringContaining('event 12 of the log is damaged'),
    });
    expect(rowsOf('b')).toEqual(rowsOf('a').slice(0, 12));
  });

  it('says what is wrong with its flags, and that a store is away, by its exit code', async () => {
    await writeLog(inFolder('a'), 5);
    expect(await copy(inFolder('a'), inFolder('a'))).toMatchObject({ code: 2 });
    expect(await copy(inFolder('a'), 'esdb://elsewhere:2113?tls=false')).toMatchObject({ code: 2 });
    expect(await copy(inFolder('nothing'), inFolder('b'))).toMatchObject({ code: 1 });
    expect(await copy(inStore(), inFolder('b'))).toMatchObject({
      code: 1,
      complaint: expect.stringContaining('there is no log in the store'),
    });
  });
});
