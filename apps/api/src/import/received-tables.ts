import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { finished, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { answerBare } from '../http/bare-answer.ts';
import { RequestError } from '../http/request-error.ts';

/**
 * Where tables lie while they are carried in. A table is taken whole first, because a sender may be
 * faster than the log; for as long as bytes come it is waited for, on whatever line.
 */

/** In the data folder, and nobody's but ours. */
export const TABLES_FOLDER = 'tables-under-way';
const TABLE = 'table-';
/** What `mkdtemp` makes of it. */
const OURS = /^table-[A-Za-z0-9]{6}$/;

/** Larger tables are cut by whoever brings them: a file is rarely a gigabyte of reports. */
const MOST_BYTES = 1024 ** 3;
/** A sender of whom nothing is heard for so long has gone. */
const SILENT_MS = 15_000;

/** Tables that a node was carrying in when it was killed; whoever sent them sends them again. */
export async function removeLeftTables(dataFolder: string): Promise<void> {
  const folder = join(dataFolder, TABLES_FOLDER);
  if (!existsSync(folder)) return;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || !OURS.test(entry.name)) continue;
    await rm(join(folder, entry.name), { recursive: true });
  }
}

/** A folder for one table. */
export async function folderForTable(dataFolder: string): Promise<string> {
  const folder = join(dataFolder, TABLES_FOLDER);
  await mkdir(folder, { recursive: true });
  return mkdtemp(join(folder, TABLE));
}

/**
 * Takes the body of a request into a file. The request stays open, whatever happens: its sender is answered.
 *
 * @param mostBytes a test has fewer
 * @throws RequestError too_large, or the error of a sender who went
 */
export async function receiveTable(
  request: IncomingMessage,
  file: string,
  mostBytes = MOST_BYTES,
): Promise<void> {
  request.setTimeout(SILENT_MS, () => answerBare(request.socket, 'too_slow'));
  const table = request.pipe(atMost(mostBytes));
  const stopWatching = finished(request, (error) => {
    if (error) table.destroy(error);
  });
  try {
    await pipeline(table, createWriteStream(file));
  } finally {
    stopWatching();
    request.setTimeout(0);
  }
}

function atMost(bytes: number): Transform {
  let taken = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      taken += chunk.length;
      const why = `The table is larger than ${bytes} bytes.`;
      if (taken <= bytes) done(null, chunk);
      else done(new RequestError('too_large', 'table_too_large', why));
    },
  });
}
