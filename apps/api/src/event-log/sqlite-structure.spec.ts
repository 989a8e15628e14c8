import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { OBSERVED } from '@ceasewatch/domain/testing/observed-content';
import { startVerification } from '../start-verification.ts';
import { openLog, type OpenLogOptions } from './open-log.ts';
import { sealEvent } from './seal-event.ts';
import type { SqliteEventLog } from './sqlite-event-log.ts';
import { FIRST_INSTANT, testEvent, testId, testStream } from './testing/events.ts';

/** As commands make it, for the verifier holds data against the schema of its type too. */
function observed(n: number) {
  const { envelope } = testEvent({ stream: n });
  return sealEvent({ ...envelope, data: OBSERVED }, undefined, () => new Uint8Array(32));
}

/** One flipped bit in what SQLite keeps for itself: no hash and no chain covers it. */
describe('a log whose file is damaged beside its events', () => {
  let folder: string;
  const opened: SqliteEventLog[] = [];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ceasewatch-structure-'));
    const log = await open();
    for (let n = 1; n <= 60; n += 1) await append(log, n);
    await log.close();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((log) => log.close()));
    rmSync(folder, { recursive: true });
  });

  const file = () => join(folder, 'log.sqlite');
  const open = async (more: Partial<OpenLogOptions> = {}) => {
    const log = await openLog({
      folder,
      exercise: true,
      logId: testId(0),
      now: () => FIRST_INSTANT,
      ...more,
    });
    opened.push(log);
    return log;
  };
  const append = (log: SqliteEventLog, n: number) =>
    log.append(testStream(n), 'none', [observed(n)]);
  const flip = (at: number, bit = 0) => {
    const bytes = readFileSync(file());
    bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
    writeFileSync(file(), bytes);
  };
  /** Where an index of SQLite holds these bytes: on a page that is no table's. */
  const inIndex = (bytes: Uint8Array): number => {
    const all = readFileSync(file());
    const size = all.readUInt16BE(16);
    for (let at = all.indexOf(bytes); at !== -1; at = all.indexOf(bytes, at + 1)) {
      if ([2, 10].includes(all[Math.floor(at / size) * size] ?? 0)) return at;
    }
    throw new Error('no index holds it');
  };
  const nameInIndex = (n: number) => inIndex(Buffer.from(testStream(n))) + 30;
  const idInIndex = (n: number) => inIndex(Buffer.from(testId(n).replaceAll('-', ''), 'hex')) + 9;
  /** The events are forbidden by their history, which these tests do not have. */
  const unreadable = () => {
    const script = join(import.meta.dirname, '../../../auditor/src/verify-log.main.ts');
    const args = ['--conditions=ceasewatch-source', script, '--data', folder];
    const { stdout } = spawnSync(execPath, args, { encoding: 'utf8' });
    expect(stdout).toContain(' 60 forbidden');
    return stdout.includes('1 unreadable');
  };

  it.each([
    ['the reserved bytes of its pages', () => flip(20)],
    ['its size', () => flip(29)],
    ['the index of names', () => flip(nameInIndex(7))],
    ['the index of ids', () => flip(idInIndex(7))],
  ])('in %s is read and no longer written', async (_, damage) => {
    damage();
    const log = await open();
    expect(log.condition()).toMatchObject({ store: 'damaged' });
    expect(log.condition().damage).not.toHaveProperty('seq');
    // Every event can be vouched for, and nothing is decided on what an index leads to.
    expect((await log.page(-1, 100)).events).toHaveLength(61);
    expect(await log.source(testStream(7))).toMatchObject({
      staleBecause: { code: 'log_corrupt' },
    });
    await expect(append(log, 61)).rejects.toMatchObject({ code: 'log_corrupt' });
  });

  it.each([
    ['the version of its schema', () => flip(47)],
    ['the version of who may write it', () => flip(18)],
    ['the version of who may read it', () => flip(19)],
  ])('in %s is called damaged, not merely out of reach', async (_, damage) => {
    damage();
    const found = await open().then(
      (log) => log.condition().store,
      ({ code }: { readonly code: string }) => code,
    );
    expect(['damaged', 'log_corrupt']).toContain(found);
  });

  it.each([18, 20, 29])('is not called sound by verify-log either (byte %i)', (byte) => {
    expect(unreadable()).toBe(false);
    flip(byte);
    expect(unreadable()).toBe(true);
  });

  it('is found by the thread where the start does not look', async () => {
    flip(nameInIndex(7));
    const log = await open({ checkedAtOpen: 0, startVerification });
    while (log.condition().store === 'here') await new Promise((go) => setTimeout(go, 10));
    expect(log.condition()).toMatchObject({ store: 'damaged' });
    await expect(append(log, 61)).rejects.toMatchObject({ code: 'log_corrupt' });
  });

  it('never answers a repeated command that its id was used for something else', async () => {
    flip(nameInIndex(7));
    // Before anybody has checked: the stream seems not to exist, and its event is known.
    const log = await open({ checkedAtOpen: 0 });
    expect(log.condition().store).toBe('here');
    await expect(append(log, 7)).rejects.toMatchObject({ code: 'log_corrupt' });
    expect(log.condition().store).toBe('damaged');
  });
});
