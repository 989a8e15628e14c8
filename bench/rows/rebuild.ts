import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
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
 * reading the log costs stands in a row of its own. Beside it the same events as bare rows of text.
 */
const PAGE = 1_000;

const readModel: Contender = {
  name: 'all tables and indexes',
  async start(units) {
    const { folder, events } = prepared(units);
    const db = openForBuilding(join(folder, 'read-model.sqlite'));
    createTables(db, PROJECTIONS, LOG);
    const applier = new BatchApplier(db, PROJECTIONS, 'bulk', -1);
    let done = 0;
    return {
      async run(count) {
        for (const end = done + count; done < end; done = Math.min(done + PAGE, end)) {
          applier.apply(events.slice(done, Math.min(done + PAGE, end)));
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

function prepared(units: number): {
  readonly folder: string;
  readonly events: readonly ProjectedEvent[];
} {
  const events = [...syntheticEvents(units)].slice(0, units);
  return { folder: mkdtempSync(join(tmpdir(), 'ceasewatch-bench-')), events };
}

export const row: Row = {
  name: 'rebuild',
  title: 'read model rebuilt from empty, one thread',
  unit: 'event',
  rounds: 3,
  units: 50_000,
  aims: { perCore: 50_000 },
  contenders: [readModel, bareRows],
};
