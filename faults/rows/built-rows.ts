import { DatabaseSync } from 'node:sqlite';
import { openLogReader } from '../../apps/api/src/event-log/sqlite-log-reader.ts';
import { PROJECTIONS } from '../../apps/api/src/projections.ts';
import { BatchApplier } from '../../apps/api/src/read-model/batch-applier.ts';
import type { Mode, ProjectedEvent } from '../../apps/api/src/read-model/projection.ts';
import { createIndexes, createTables } from '../../apps/api/src/read-model/read-model-file.ts';
import { rowDifferences } from '../../apps/api/src/verification/row-differences.ts';
import { tableDigests } from '../../apps/api/test/testing/table-digests.ts';

/** The log of a folder that no node holds, and the rows that it makes of itself. */
const PAGE = 1_000;

export interface ReadLog {
  readonly log: string;
  readonly events: readonly ProjectedEvent[];
}

export function logIn(folder: string): ReadLog {
  const reader = openLogReader(folder);
  try {
    const events: ProjectedEvent[] = [];
    for (let atHead = false; !atHead;) {
      const page = reader.page(events.at(-1)?.seq ?? -1, PAGE);
      events.push(...page.events);
      ({ atHead } = page);
    }
    return { log: reader.identity().logId, events };
  } finally {
    reader.close();
  }
}

/** Rows without an event, ready for the first; a `bulk` one gets its indexes when it is finished. */
export function emptyRows({ log }: Pick<ReadLog, 'log'>, mode: Mode): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  createTables(db, PROJECTIONS, log);
  if (mode === 'live') createIndexes(db, PROJECTIONS);
  return db;
}

/** Built from nothing, so many events a transaction; as a node that is up does it, or as a rebuild. */
export function builtRows(from: ReadLog, size: number, mode: Mode): DatabaseSync {
  const db = emptyRows(from, mode);
  const applier = new BatchApplier(db, PROJECTIONS, mode, -1);
  for (let begin = 0; begin < from.events.length; begin += size) {
    applier.apply(from.events.slice(begin, begin + size));
  }
  if (mode === 'bulk') createIndexes(db, PROJECTIONS);
  return db;
}

/** Undefined where every table has the same rows and every text index the same words. */
export function differenceOf(one: DatabaseSync, other: DatabaseSync): string | undefined {
  const [here, there] = [tableDigests(one), tableDigests(other)];
  const names = new Set([...Object.keys(here), ...Object.keys(there)]);
  const table = [...names].find((name) => here[name] !== there[name]);
  if (table !== undefined) return `${table} has ${here[table]} and ${there[table]}`;
  const { differences, first } = rowDifferences(one, other);
  return differences === 0 ? undefined : `${differences} rows differ: ${JSON.stringify(first[0])}`;
}
