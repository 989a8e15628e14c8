import { renameSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { PROJECTIONS } from '../projections.ts';
import { BatchApplier } from './batch-applier.ts';
import {
  buildingFileOf,
  createIndexes,
  createTables,
  openForBuilding,
  removeFile,
} from './read-model-file.ts';
import { readAhead } from './read-ahead.ts';
import type { RebuildProgress, RebuildTask } from './rebuild.ts';

/**
 * Builds the whole read model from the log in a thread of its own: into a new file, without indexes
 * until the end, then renamed to the name under which it is looked for. All rows are one transaction.
 */
async function rebuild({ logFolder, file, log }: RebuildTask): Promise<number> {
  const building = buildingFileOf(file);
  removeFile(building);
  const db = openForBuilding(building);
  try {
    createTables(db, PROJECTIONS, log);
    const applier = new BatchApplier(db, PROJECTIONS, 'bulk', -1);
    applier.hold();
    for await (const { events, reached } of readAhead(logFolder)) {
      applier.apply(events);
      tell({ projected: reached });
    }
    applier.release();
    const opened = await open(building, 'r+');
    // A thread of Node's own carries the rows to the disk while this one makes the indexes.
    const carried = opened.datasync();
    try {
      createIndexes(db, PROJECTIONS);
      await carried;
      db.close();
      await opened.sync();
    } finally {
      // Last of all: SQLite's lock on a file goes with any descriptor of it.
      await opened.close();
    }
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
