import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { changes as arbitraryChanges } from '@ceasewatch/domain/testing/arbitrary-rows';
import type { Change } from '@ceasewatch/domain/situation/observation-row';
import type { SqliteEventLog } from '../event-log/sqlite-event-log.ts';
import { ChangesPages } from './changes-pages.ts';
import { AskChanges, AskChangesHandler } from './changes.queries.ts';
import {
  appendAll,
  caughtUp,
  folderWithLog,
  manyReports,
  projectorOver,
} from './testing/histories.ts';

const VIEWER = { officer: null, contingent: null, role: 'analyst' } as const;
const EVENTS = 1_300;
const HISTORY = fc.sample(arbitraryChanges, { numRuns: 1, seed: 3 })[0] ?? [];

describe('pages of changes', () => {
  let log: SqliteEventLog;
  let clear: () => Promise<void>;
  let parts: ReturnType<typeof projectorOver>;
  let pages: ChangesPages;

  beforeEach(async () => {
    const made = await folderWithLog();
    ({ log, clear } = made);
    await appendAll(log, manyReports(HISTORY, EVENTS));
    parts = projectorOver(log, made.folder);
    await caughtUp(parts.projector);
    pages = new ChangesPages(parts.projector);
  });
  afterEach(async () => {
    await parts.stop();
    await clear();
  });

  const ask = (after: number, limit: number) =>
    new AskChangesHandler(parts.projector, pages).execute(
      new AskChanges({ viewer: VIEWER }, after, limit),
    );
  const changesIn = (bytes: Uint8Array): readonly Change[] =>
    JSON.parse(Buffer.from(bytes).toString());

  test('together are every change, as the projector tells it, each once', async () => {
    const told: Change[] = [];
    for (let after = -1; after < log.head().seq;) {
      const { seq, changes, head } = await ask(after, 500);
      expect(head).toBe(log.head().seq);
      told.push(...changesIn(changes));
      expect(told.at(-1)?.seq).toBe(seq);
      after = seq;
    }
    expect(told.map(({ seq }) => seq)).toEqual(Array.from({ length: EVENTS + 1 }, (_, n) => n));
    expect(told.slice(0, 300)).toEqual(parts.projector.changes(-1, 300).changes);
  });

  test('are empty where nothing came after, and hold no more than was asked for', async () => {
    const head = log.head().seq;
    expect(await ask(head, 500)).toMatchObject({ after: head, seq: head, head });
    expect(changesIn((await ask(head, 500)).changes)).toEqual([]);
    for (const after of [-1, 3, 499, 500, head - 1]) {
      const { seq, changes } = await ask(after, 500);
      expect(changesIn(changes).map((each) => each.seq)).toEqual(
        Array.from({ length: seq - after }, (_, n) => after + 1 + n),
      );
      expect(seq - after).toBeLessThanOrEqual(500);
    }
  });

  test('are read once, whoever asks for them, also at the same moment', async () => {
    const reading = jest.spyOn(parts.projector, 'changes');
    const asked = await Promise.all(Array.from({ length: 50 }, () => pages.page(-1, 500)));
    expect(new Set(asked).size).toBe(1);
    // A page of 500 is read in two slices.
    expect(reading).toHaveBeenCalledTimes(2);
    expect(await pages.page(-1, 500)).toBe(asked[0]);
    expect(reading).toHaveBeenCalledTimes(2);
  });

  test('are read anew from another file, and never from one that is being built', async () => {
    const before = await pages.page(-1, 500);
    const swapped = new Promise<void>((resolve) => parts.projector.onSwap(() => resolve()));
    parts.projector.rebuild();
    await expect(ask(-1, 500)).rejects.toMatchObject({ code: 'rebuilding' });
    await swapped;
    await parts.projector.whenProjected(log.head().seq);
    const after = await pages.page(-1, 500);
    expect(after).not.toBe(before);
    expect(changesIn(after)).toEqual(changesIn(before));
  });

  test('that could not be read are not kept', async () => {
    const { readModel } = parts;
    readModel.read((db) => db.exec('ALTER TABLE event RENAME TO event_away'));
    await expect(pages.page(-1, 9)).rejects.toThrow('no such table');
    readModel.read((db) => db.exec('ALTER TABLE event_away RENAME TO event'));
    expect(changesIn(await pages.page(-1, 9))).toHaveLength(10);
  });

  test('break off when another file comes into use between two slices', async () => {
    const page = pages.page(-1, 999);
    parts.projector.rebuild();
    await expect(page).rejects.toMatchObject({ code: 'rebuilding' });
    await parts.projector.whenProjected(log.head().seq);
    expect(changesIn(await pages.page(-1, 999))).toHaveLength(1_000);
  });
});
