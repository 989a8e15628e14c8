import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { ReadModelComparison } from '../contract/verification.ts';
import { openLogReader, type SqliteLogReader } from '../event-log/sqlite-log-reader.ts';
import { structureFault } from '../event-log/sqlite-structure.ts';
import { PROJECTIONS } from '../projections.ts';
import { BatchApplier } from '../read-model/batch-applier.ts';
import {
  createIndexes,
  createTables,
  fileOf,
  openForBuilding,
  openForReading,
  positionIn,
} from '../read-model/read-model-file.ts';
import { type Compared, rowDifferences } from './row-differences.ts';

/**
 * The rows of a node beside those that the log makes of itself: built again in a scratch file, up to where
 * the node's are, and compared value by value. A node may go on writing meanwhile; what is compared is its
 * file as of one moment.
 */
const PAGE = 1_000;
const SCRATCH = 'rebuilt-';
/** What `mkdtemp` makes of it. */
const OURS = /^rebuilt-[A-Za-z0-9]{6}$/;
/** Rows that are built again, beside as much for the log to go on with. */
const ROOM = 2;
/** An erasure that comes in between is gone from the log before it is gone from the rows. */
const MOST_ATTEMPTS = 3;

/** The rows cannot be built a second time. */
export class NoRoom extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NoRoom';
  }
}

/**
 * @param scratchIn a folder with room for as many rows again
 * @param onProgress told the last event that was built again
 * @returns undefined where the folder has no read model of this program
 * @throws NoRoom
 */
export function compareReadModel(
  folder: string,
  scratchIn: string,
  onProgress: (seq: number) => void,
): ReadModelComparison | undefined {
  const file = fileOf(folder, PROJECTIONS);
  if (!existsSync(file)) return undefined;
  makeSureOfRoom(file, scratchIn);
  const scratch = mkdtempSync(join(scratchIn, SCRATCH));
  const reader = openLogReader(folder);
  try {
    for (let attempt = 1; ; attempt += 1) {
      const compared = compareOnce(reader, file, join(scratch, `${attempt}.sqlite`), onProgress);
      if (compared.differences === 0 || attempt === MOST_ATTEMPTS) return compared;
      // Nothing has moved, so nothing can have come in between.
      if (reader.lastSeq() === compared.position) return compared;
    }
  } finally {
    reader.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** What a node left that was killed amid a comparison. */
export function removeLeftScratch(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (OURS.test(name)) rmSync(join(folder, name), { recursive: true });
  }
}

/** A disk that is filled by a comparison would keep reports out. */
function makeSureOfRoom(file: string, scratchIn: string): void {
  const { bavail, bsize } = statfsSync(scratchIn);
  const [free, wanted] = [bavail * bsize, ROOM * statSync(file).size];
  if (free < wanted) throw new NoRoom(`${scratchIn} has room for ${free} bytes, not for ${wanted}`);
}

function compareOnce(
  reader: SqliteLogReader,
  file: string,
  scratch: string,
  onProgress: (seq: number) => void,
): ReadModelComparison {
  const { logId } = reader.identity();
  const live = openForReading(file);
  const built = openForBuilding(scratch);
  try {
    createTables(built, PROJECTIONS, logId);
    const applier = new BatchApplier(built, PROJECTIONS, 'bulk', -1);
    // Where nobody can say how far the rows are, they are held against all of the log.
    const before = positionIn(live, logId) ?? reader.lastSeq();
    catchUp(reader, applier, before, onProgress);
    // From here on the node's file stands still for this connection; only a little is left to apply.
    live.exec('BEGIN');
    const position = positionIn(live, logId) ?? before;
    catchUp(reader, applier, position, onProgress);
    createIndexes(built, PROJECTIONS);
    return { position, ...withStructure(live, rowDifferences(live, built)) };
  } finally {
    live.close();
    built.close();
  }
}

function catchUp(
  reader: SqliteLogReader,
  applier: BatchApplier,
  upTo: number,
  onProgress: (seq: number) => void,
): void {
  while (applier.position < upTo) {
    const { events } = reader.page(applier.position, Math.min(PAGE, upTo - applier.position));
    if (events.length === 0) return;
    applier.apply(events);
    onProgress(applier.position);
  }
}

/** What SQLite itself finds wrong with pages and indexes, which no row shows. */
function withStructure(live: DatabaseSync, compared: Compared): Compared {
  const fault = structureFault(live);
  if (fault === undefined) return compared;
  return {
    rows: compared.rows,
    differences: compared.differences + 1,
    first: [{ table: 'the file', row: fault, how: 'structure' }, ...compared.first],
  };
}
