import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import type { DatabaseSync } from 'node:sqlite';
import { SituationColumns } from '@ceasewatch/domain/situation/situation-columns';
import { PROJECTIONS } from '../apps/api/src/projections.ts';
import { BatchApplier } from '../apps/api/src/read-model/batch-applier.ts';
import { loadColumns } from '../apps/api/src/read-model/columns-loading.ts';
import {
  createIndexes,
  createTables,
  openDatabase,
} from '../apps/api/src/read-model/read-model-file.ts';
import { LOG, syntheticEvents } from './synthetic-events.ts';

/** A read model of so many observations, each tenth corrected, and the columns of its versions. */
export interface World {
  readonly db: DatabaseSync;
  readonly columns: SituationColumns;
  /** The last event. */
  readonly seq: number;
}

/** Observations of a million events; fewer where a test says so. */
export const MILLION = Number(env['BENCH_OBSERVATIONS'] ?? 909_090);

const worlds = new Map<number, World>();

/** Made once: no row alters it. */
export function syntheticWorld(observations: number): World {
  const known = worlds.get(observations) ?? makeWorld(observations);
  worlds.set(observations, known);
  return known;
}

function makeWorld(observations: number): World {
  const folder = mkdtempSync(join(tmpdir(), 'ceasewatch-bench-'));
  const db = openDatabase(join(folder, 'read-model.sqlite'));
  createTables(db, PROJECTIONS, LOG);
  const applier = new BatchApplier(db, PROJECTIONS, 'bulk', -1);
  let batch = [];
  for (const event of syntheticEvents(observations)) {
    batch.push(event);
    if (batch.length < BATCH) continue;
    applier.apply(batch);
    batch = [];
  }
  applier.apply(batch);
  createIndexes(db, PROJECTIONS);
  const columns = new SituationColumns();
  const seq = loadColumns(db, columns, PROJECTIONS);
  // The open file lives on without its name until the bench ends.
  rmSync(folder, { recursive: true });
  return { db, columns, seq };
}

const BATCH = 1_000;
