import { existsSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { COPY_FILE } from './data-folder.ts';
import type { LogDamage } from './event-log.ts';
import { appending, testId } from './testing/events.ts';
import { idsOf, StoreUnderTest, until } from './testing/store-under-test.ts';

/** This node's disk fails, and the store does not: what it has is followed anew. */
describe('the copy of a node on a failing disk', () => {
  let store: StoreUnderTest;
  let folder: string;
  beforeAll(async () => {
    store = await StoreUnderTest.started();
  });
  beforeEach(async () => {
    await store.anew();
    folder = mkdtempSync(join(store.folder, 'node-'));
  });
  afterAll(() => store.end());

  /** What a disk does, by somebody who goes around the triggers. */
  function harm(sql: string): void {
    const db = new DatabaseSync(join(folder, COPY_FILE), { timeout: 5_000 });
    db.exec(sql);
    db.close();
  }

  it('is read as far as it can be trusted, decides nothing, and is followed anew at the next start', async () => {
    const told: LogDamage[] = [];
    const onCopyDamage = (damage: LogDamage) => void told.push(damage);
    const log = await store.open({ folder, onCopyDamage });
    const { append } = appending(() => log);
    for (const n of [1, 2, 3]) await append(n);
    harm(`DROP TRIGGER events_are_never_altered;
      UPDATE events SET leaf = replace(leaf, '2026', '2025') WHERE seq = 2`);
    expect((await log.page(-1, 100)).reached).toBe(1);
    await expect(log.page(1, 100)).rejects.toMatchObject({ code: 'log_corrupt' });
    expect(log.condition()).toMatchObject({ store: 'damaged', damage: { seq: 2 } });
    await expect(append(4)).rejects.toMatchObject({ code: 'log_corrupt' });
    expect(told).toHaveLength(1);
    await log.close();

    const again = await store.open({ folder, onCopyDamage });
    expect(again.condition().store).toBe('here');
    expect(await idsOf(again)).toEqual([0, 1, 2, 3].map(testId));
    expect(told).toHaveLength(1);
    expect(existsSync(join(folder, `${COPY_FILE}-damaged`))).toBe(false);
    expect(await appending(() => again).append(4)).toMatchObject({ events: [{ seq: 4 }] });
  });

  it('says that nothing can be kept while it cannot be written, and goes on by itself', async () => {
    const log = await store.open({ folder });
    const { append } = appending(() => log);
    await append(1);
    harm(
      `CREATE TRIGGER no_more BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'no more'); END`,
    );
    const unnumbered = await append(2);
    expect(unnumbered.events).toMatchObject([{ seq: null }]);
    await until(() => log.condition().store === 'away');
    expect(log.condition()).toMatchObject({ why: 'nothing can be kept here: no more' });
    await expect(append(3)).rejects.toMatchObject({ code: 'store_unavailable' });
    harm('DROP TRIGGER no_more');
    await until(() => log.condition().store === 'here');
    await append(3);
    expect(await idsOf(log)).toEqual([0, 1, 2, 3].map(testId));
  });
});
