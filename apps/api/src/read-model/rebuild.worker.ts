import { renameSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { openLogReader } from '../event-log/sqlite-log-reader.ts';
import { PROJECTIONS } from '../projections.ts';
import { BatchApplier } from './batch-applier.ts';
import {
  buildingFileOf,
  closeBuilt,
  createIndexes,
  createTables,
  openForBuilding,
  removeFile,
} from './read-model-file.ts';
import type { RebuildProgress, RebuildTask } from './rebuild.ts';

/**
 * Builds the whole read model from the log in a thread of its own: into a new file, without indexes
 * until the end, then renamed to the name under which it is looked for.
 */
const PAGE = 1_000;

function rebuild({ logFolder, file, log }: RebuildTask): number {
  const building = buildingFileOf(file);
  removeFile(building);
  const reader = openLogReader(logFolder);
  const db = openForBuilding(building);
  try {
    createTables(db, PROJECTIONS, log);
    const applier = new BatchApplier(db, PROJECTIONS, 'bulk', -1);
    for (;;) {
      const { events, reached, atHead } = reader.page(applier.position, PAGE);
      applier.apply(events);
      tell({ projected: reached });
      if (atHead) break;
    }
    createIndexes(db, PROJECTIONS);
    closeBuilt(db, building);
    return applier.position;
  } finally {
    if (db.isOpen) db.close();
    reader.close();
  }
}

function tell(progress: RebuildProgress): void {
  parentPort?.postMessage(progress);
}

const task: RebuildTask = workerData;
const built = rebuild(task);
removeFile(task.file);
renameSync(buildingFileOf(task.file), task.file);
tell({ projected: built, done: true });
