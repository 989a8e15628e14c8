import { renameSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
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
import { readAhead } from './read-ahead.ts';
import type { RebuildProgress, RebuildTask } from './rebuild.ts';

/**
 * Builds the whole read model from the log in a thread of its own: into a new file, without indexes
 * until the end, then renamed to the name under which it is looked for.
 */
async function rebuild({ logFolder, file, log }: RebuildTask): Promise<number> {
  const building = buildingFileOf(file);
  removeFile(building);
  const db = openForBuilding(building);
  try {
    createTables(db, PROJECTIONS, log);
    const applier = new BatchApplier(db, PROJECTIONS, 'bulk', -1);
    for await (const { events, reached } of readAhead(logFolder)) {
      applier.apply(events);
      tell({ projected: reached });
    }
    createIndexes(db, PROJECTIONS);
    closeBuilt(db, building);
    return applier.position;
  } finally {
    if (db.isOpen) db.close();
  }
}

function tell(progress: RebuildProgress): void {
  parentPort?.postMessage(progress);
}

const task: RebuildTask = workerData;
const built = await rebuild(task);
removeFile(task.file);
renameSync(buildingFileOf(task.file), task.file);
tell({ projected: built, done: true });
