import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startVerification } from '../start-verification.ts';
import type { LogDamage } from './event-log.ts';
import { openLog } from './open-log.ts';
import type { SqliteEventLog } from './sqlite-event-log.ts';
import { FIRST_INSTANT, testEvent, testStream } from './testing/events.ts';

/** What a start does not look at is looked at afterwards, by the real thread. */
describe('the old events of a log', () => {
  let folder: string;
  let log: SqliteEventLog;
  let told: LogDamage[];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ceasewatch-verifying-'));
    log = await opened();
    for (let n = 1; n <= 400; n += 1) await append(n);
    await log.close();
    told = [];
  });
  afterEach(async () => {
    await log.close();
    rmSync(folder, { recursive: true });
  });

  const opened = async () =>
    openLog({
      folder,
      exercise: true,
      now: () => FIRST_INSTANT,
      verifiedAtOpen: 10,
      onDamage: (damage) => told.push(damage),
      startVerification,
    });
  const append = (n: number) => log.append(testStream(n), 'none', [testEvent({ stream: n })]);
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise((resume) => setTimeout(resume, 10));
  };
  const verifiedTo = () => log.condition().verification?.verifiedTo;

  it('are verified after the start, and what comes meanwhile with them', async () => {
    log = await opened();
    expect(verifiedTo()).toBe(-1);
    await append(401);
    await until(() => verifiedTo() === 401);
    await append(402);
    expect(log.condition()).toMatchObject({ store: 'here', verification: { verifiedTo: 402 } });
    expect(told).toEqual([]);
  });

  it('that were altered end the writing, though nobody has read them', async () => {
    const db = new DatabaseSync(join(folder, 'log.sqlite'));
    db.exec('DROP TRIGGER events_are_never_altered');
    db.exec(`UPDATE events SET leaf = replace(leaf, 'burst', 'bursu') WHERE seq = 300`);
    db.close();
    log = await opened();
    await append(401);
    await until(() => told.length > 0);
    expect(told).toMatchObject([{ seq: 300 }]);
    expect(log.condition()).toMatchObject({ store: 'damaged', damage: { seq: 300 } });
    expect(verifiedTo()).toBe(249);
    await expect(append(402)).rejects.toMatchObject({ code: 'log_corrupt' });
  });

  it('are none in a log that its start has verified as a whole', async () => {
    rmSync(folder, { recursive: true });
    log = await opened();
    expect(verifiedTo()).toBe(0);
  });
});
