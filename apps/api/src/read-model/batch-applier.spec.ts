import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { changes } from '@ceasewatch/domain/testing/arbitrary-rows';
import type { EventLog, StoredEvent } from '../event-log/event-log.ts';
import { testId } from '../event-log/testing/events.ts';
import { openLog } from '../event-log/open-log.ts';
import { PROJECTIONS } from '../projections.ts';
import { BatchApplier } from './batch-applier.ts';
import type { Mode } from './projection.ts';
import { createIndexes, createTables } from './read-model-file.ts';
import { appendAll, eraseNarrative, eventsOf } from './testing/histories.ts';

const LOG = testId(0);

describe('a read model', () => {
  let events: readonly StoredEvent[];
  let afterErasure: readonly StoredEvent[];

  beforeAll(async () => {
    const log = await openLog({
      folder: ':memory:',
      exercise: true,
      now: () => Date.UTC(2026, 10, 1),
    });
    const history =
      fc
        .sample(changes, { numRuns: 60, seed: 7 })
        .toSorted((one, other) => other.length - one.length)[0] ?? [];
    await appendAll(log, eventsOf(history, log.head().logId));
    events = await allOf(log);
    const told = events.find(({ disclosed }) => disclosed['narrative'] !== undefined);
    if (told === undefined) throw new Error('the history tells no narrative');
    await eraseNarrative(log, told);
    afterErasure = await allOf(log);
    await log.close();
  });

  const kept: DatabaseSync[] = [];
  afterAll(() => kept.forEach((db) => db.close()));

  test.each([1, 7, 1000])(
    'has the same rows whether it was built in batches of %i or live',
    (size) => {
      expect(contentOf(built(afterErasure, size, 'bulk'))).toEqual(
        contentOf(built(afterErasure, 1000, 'live')),
      );
      expect(contentOf(built(afterErasure, size, 'live'))).toEqual(
        contentOf(built(afterErasure, 1000, 'live')),
      );
    },
  );

  test('is not changed by events that it has applied already', () => {
    const db = emptyModel();
    const applier = new BatchApplier(db, PROJECTIONS, 'live', -1);
    for (let end = 1; end <= afterErasure.length; end += 3)
      applier.apply(afterErasure.slice(Math.max(0, end - 9), end));
    applier.apply(afterErasure);
    const once = contentOf(db);
    expect(applier.apply(afterErasure)).toEqual([]);
    expect(contentOf(db)).toEqual(once);
    expect(once).toEqual(contentOf(built(afterErasure, 1000, 'live')));
  });

  test('that saw the text before its erasure equals one built after it', () => {
    const saw = built([...events, ...afterErasure.slice(events.length)], 5, 'live');
    expect(contentOf(saw)).toEqual(contentOf(built(afterErasure, 1000, 'bulk')));
  });

  test('refuses a gap and writes nothing of its batch', () => {
    const db = emptyModel();
    const applier = new BatchApplier(db, PROJECTIONS, 'live', -1);
    applier.apply(events.slice(0, 5));
    const before = contentOf(db);
    expect(() => applier.apply([...events.slice(5, 8), ...events.slice(9, 12)])).toThrow(
      RangeError,
    );
    expect(contentOf(db)).toEqual(before);
    applier.apply(events);
    expect(contentOf(db)).toEqual(contentOf(built(events, 1000, 'live')));
  });

  test('tells what an erasure changed although nothing can be carried into the file', () => {
    const db = emptyModel('live', new NoCheckpoints(':memory:'));
    const applier = new BatchApplier(db, PROJECTIONS, 'live', -1);
    expect(applier.apply(afterErasure).map(({ seq }) => seq)).toEqual(
      afterErasure.map(({ seq }) => seq),
    );
    expect(applier.position).toBe(afterErasure.at(-1)?.seq);
  });

  test('in no time applies one event, and goes on with the next', () => {
    const db = emptyModel();
    const applier = new BatchApplier(db, PROJECTIONS, 'live', -1);
    for (const event of afterErasure) {
      expect(applier.apply(afterErasure, 0).map(({ seq }) => seq)).toEqual([event.seq]);
    }
    expect(contentOf(db)).toEqual(contentOf(built(afterErasure, 1000, 'live')));
  });

  test('finds the words of a narrative until it is erased, then nowhere', () => {
    const db = built(events, 1000, 'live');
    expect(hits(db, 'mill')).toBeGreaterThan(0);
    expect(hits(db, 'iki')).toBe(hits(db, 'mill'));
    const erased = built(afterErasure, 1000, 'bulk');
    expect(hits(erased, 'mill')).toBe(hits(db, 'mill') - 1);
  });

  function built(from: readonly StoredEvent[], size: number, mode: Mode): DatabaseSync {
    const db = emptyModel(mode);
    const applier = new BatchApplier(db, PROJECTIONS, mode, -1);
    for (let begin = 0; begin < from.length; begin += size)
      applier.apply(from.slice(begin, begin + size));
    if (mode === 'bulk') createIndexes(db, PROJECTIONS);
    return db;
  }

  function emptyModel(mode: Mode = 'live', db = new DatabaseSync(':memory:')): DatabaseSync {
    kept.push(db);
    createTables(db, PROJECTIONS, LOG);
    if (mode === 'live') createIndexes(db, PROJECTIONS);
    return db;
  }
});

/** A disk that takes the WAL, and fails when that is carried into the file. */
class NoCheckpoints extends DatabaseSync {
  override exec(sql: string): void {
    if (sql.includes('wal_checkpoint')) {
      throw Object.assign(new Error('disk I/O error'), { errcode: 10 });
    }
    super.exec(sql);
  }
}

async function allOf(log: EventLog): Promise<readonly StoredEvent[]> {
  return (await log.page(-1, 1_000)).events;
}

function hits(db: DatabaseSync, word: string): number {
  const found = db
    .prepare('SELECT count(*) AS n FROM observation_text WHERE observation_text MATCH ?')
    .get(word);
  return Number(found?.['n']);
}

/** A hash of every table, in the order of its rows; the shadow tables of the word index apart. */
function contentOf(db: DatabaseSync): Readonly<Record<string, string>> {
  const tables = db
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'observation_text%' ORDER BY name`,
    )
    .all()
    .map((row) => String(row['name']));
  return Object.fromEntries(
    tables.map((table) => {
      const rows = db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all();
      return [table, createHash('sha256').update(JSON.stringify(rows)).digest('hex')];
    }),
  );
}
