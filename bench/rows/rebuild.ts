import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { PROJECTIONS } from '../../apps/api/src/projections.ts';
import { BatchApplier } from '../../apps/api/src/read-model/batch-applier.ts';
import type { ProjectedEvent } from '../../apps/api/src/read-model/projection.ts';
import {
  createIndexes,
  createTables,
  openForBuilding,
} from '../../apps/api/src/read-model/read-model-file.ts';
import type { Contender, Row } from '../harness.ts';
import { LOG, syntheticEvents } from '../synthetic-events.ts';

/**
 * The read model from empty: every table, and at the end every index. Events are made beforehand; what
 * reading the log costs stands in a row of its own. Beside it what SQLite alone takes of it, with all rows
 * made beforehand, and the same events as bare rows of text.
 */
const PAGE = 1_000;

const readModel: Contender = {
  name: 'all tables and indexes',
  async start(units) {
    const { folder, events } = prepared(units);
    const db = openForBuilding(join(folder, 'read-model.sqlite'));
    createTables(db, PROJECTIONS, LOG);
    const applier = new BatchApplier(db, PROJECTIONS, 'bulk', -1);
    applier.hold();
    let done = 0;
    return {
      async run(count) {
        for (const end = done + count; done < end; done = Math.min(done + PAGE, end)) {
          applier.apply(events.slice(done, Math.min(done + PAGE, end)));
        }
        if (done < events.length) return;
        applier.release();
        createIndexes(db, PROJECTIONS);
      },
      async stop() {
        db.close();
        rmSync(folder, { recursive: true });
      },
    };
  },
};

const identicalRows: Contender = {
  name: 'raw node:sqlite, identical rows',
  async start(units) {
    const { folder, events } = prepared(units);
    const db = openForBuilding(join(folder, 'rows.sqlite'));
    createTables(db, PROJECTIONS, LOG);
    const tables = rowsOf(events).map(({ name, rows }) => {
      const places = rows[0]?.map(() => '?').join(', ');
      return { rows, insert: db.prepare(`INSERT INTO ${name} VALUES (${places})`) };
    });
    let done = 0;
    return {
      async run(count) {
        for (const end = done + count; done < end;) {
          const [from, to] = [done / events.length, Math.min(done + PAGE, end) / events.length];
          db.exec('BEGIN');
          for (const { rows, insert } of tables) {
            const part = rows.slice(Math.round(from * rows.length), Math.round(to * rows.length));
            for (const row of part) insert.run(...row);
          }
          db.exec('COMMIT');
          done = Math.min(done + PAGE, end);
        }
        if (done === events.length) createIndexes(db, PROJECTIONS);
      },
      async stop() {
        db.close();
        rmSync(folder, { recursive: true });
      },
    };
  },
};

const bareRows: Contender = {
  name: 'raw node:sqlite, the events as text',
  async start(units) {
    const { folder, events } = prepared(units);
    const db = new DatabaseSync(join(folder, 'rows.sqlite'));
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;');
    db.exec('CREATE TABLE event (seq INTEGER PRIMARY KEY, leaf TEXT NOT NULL) STRICT');
    const insert = db.prepare('INSERT INTO event (seq, leaf) VALUES (?, ?)');
    let done = 0;
    return {
      async run(count) {
        for (const end = done + count; done < end; done = Math.min(done + PAGE, end)) {
          db.exec('BEGIN');
          for (const event of events.slice(done, Math.min(done + PAGE, end))) {
            insert.run(event.seq, JSON.stringify(event.envelope));
          }
          db.exec('COMMIT');
        }
      },
      async stop() {
        db.close();
        rmSync(folder, { recursive: true });
      },
    };
  },
};

/** What the read model makes of events, table by table; which log they are of stands there already. */
function rowsOf(
  events: readonly ProjectedEvent[],
): readonly { readonly name: string; readonly rows: readonly (readonly SQLInputValue[])[] }[] {
  const db = openForBuilding(':memory:');
  createTables(db, PROJECTIONS, LOG);
  new BatchApplier(db, PROJECTIONS, 'bulk', -1).apply(events);
  const names = db.prepare(
    `SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE TABLE%STRICT%' AND name <> 'position'`,
  );
  const tables = names.all().map(({ name }) => {
    const rows = db.prepare(`SELECT * FROM ${String(name)}`).all();
    return { name: String(name), rows: rows.map((row) => Object.values(row)) };
  });
  db.close();
  return tables.filter(({ rows }) => rows.length > 0);
}

function prepared(units: number): {
  readonly folder: string;
  readonly events: readonly ProjectedEvent[];
} {
  const events = asRead([...syntheticEvents(units)].slice(0, units));
  return { folder: mkdtempSync(join(tmpdir(), 'ceasewatch-bench-')), events };
}

/** As they come from the log: text that was just put together is only made whole by whoever binds it first. */
function asRead(events: readonly ProjectedEvent[]): readonly ProjectedEvent[] {
  return events.map((event) => JSON.parse(JSON.stringify(event)));
}

export const row: Row = {
  name: 'rebuild',
  title: 'read model rebuilt from empty, one thread',
  unit: 'event',
  rounds: 3,
  units: 200_000,
  aims: { perCore: 50_000 },
  contenders: [readModel, identicalRows, bareRows],
};
