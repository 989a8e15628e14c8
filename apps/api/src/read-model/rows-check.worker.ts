import { parentPort, workerData } from 'node:worker_threads';
import { openForReading } from './read-model-file.ts';
import type { RowsFound } from './rows-check.ts';
import { rowsFault } from './rows-fault.ts';
import { toldOf } from './thread-failure.ts';

const { file }: { readonly file: string } = workerData;
parentPort?.postMessage(found());

function found(): RowsFound {
  try {
    const db = openForReading(file);
    try {
      return { fault: rowsFault(db) };
    } finally {
      db.close();
    }
  } catch (error) {
    return toldOf(error);
  }
}
