import { parentPort, workerData } from 'node:worker_threads';
import { isEventLogError } from '../event-log/event-log-error.ts';
import { openLogReader } from '../event-log/sqlite-log-reader.ts';
import { exportLog, type LogExportRange } from './log-export.ts';

/**
 * An export in a thread of its own. A piece is made when it is asked for, and no sooner: whoever reads
 * slowly holds up this thread and nothing else.
 */
export interface LogExportTask {
  readonly folder: string;
  readonly range: LogExportRange;
}

export type LogExportMessage =
  | { readonly piece: Uint8Array }
  | { readonly done: true }
  | { readonly damaged: string; readonly seq: number | undefined };

const { folder, range }: LogExportTask = workerData;
const reader = openLogReader(folder);
const pieces = exportLog(reader, range);

parentPort?.on('message', () => parentPort?.postMessage(next()));

function next(): LogExportMessage {
  try {
    const { value, done } = pieces.next();
    if (done !== true) return { piece: value };
    reader.close();
    return { done };
  } catch (error) {
    if (!isEventLogError(error, 'log_corrupt')) throw error;
    return { damaged: error.message, seq: error.facts.seq };
  }
}
