import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SqliteEventLog } from '../event-log/sqlite-event-log.ts';
import { testEvent } from '../event-log/testing/events.ts';
import type { ProjectedEvent } from './projection.ts';
import { readAhead } from './read-ahead.ts';
import { appendAll, folderWithLog } from './testing/histories.ts';

describe('a log that is read ahead', () => {
  let folder: string;
  let log: SqliteEventLog;
  let clear: () => Promise<void>;

  beforeEach(async () => {
    ({ folder, log, clear } = await folderWithLog());
    const reports = Array.from({ length: 400 }, (_, n) =>
      testEvent({ stream: n + 1, disclosed: n % 3 === 0 ? {} : { narrative: `İki ${n}` } }),
    );
    await appendAll(log, reports);
  });
  afterEach(() => clear());

  test('comes over whole and in order, as the log itself tells it', async () => {
    const read: ProjectedEvent[] = [];
    for await (const { events, reached } of readAhead(folder)) {
      read.push(...events);
      expect(reached).toBe(read.length - 1);
    }
    const { events } = await log.page(-1, 1_000);
    expect(read).toEqual(
      events.map(({ seq, envelope, disclosed }) => ({
        seq,
        envelope,
        disclosed: Object.fromEntries(
          Object.entries(disclosed).map(([name, { disclosure: _disclosure, ...told }]) => [
            name,
            told,
          ]),
        ),
      })),
    );
    expect(read.some(({ disclosed }) => disclosed['narrative']?.state === 'shown')).toBe(true);
  });

  test('ends where an event is damaged, and says so', async () => {
    const db = new DatabaseSync(join(folder, 'log.sqlite'));
    db.exec('DROP TRIGGER events_are_never_altered');
    db.exec(`UPDATE events SET leaf = replace(leaf, '2026', '2025') WHERE seq = 300`);
    db.close();
    let reached = -1;
    const reading = async () => {
      for await (const page of readAhead(folder)) reached = page.reached;
    };
    await expect(reading()).rejects.toMatchObject({ code: 'log_corrupt' });
    expect(reached).toBeLessThan(300);
  });
});
