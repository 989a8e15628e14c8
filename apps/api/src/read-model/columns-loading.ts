import type { DatabaseSync } from 'node:sqlite';
import type { SituationColumns } from '@ceasewatch/domain/situation/situation-columns';
import type { Projection } from './projection.ts';

/** Fills the columns from the rows of whatever projection has some; returns the event up to which they tell. */
export function loadColumns(
  db: DatabaseSync,
  columns: SituationColumns,
  projections: readonly Projection[],
): number {
  // One read transaction, so that rows and position are of the same moment.
  db.exec('BEGIN');
  try {
    for (const projection of projections) {
      for (const parts of projection.columns?.(db) ?? []) columns.appendParts(parts);
    }
    return Number(db.prepare('SELECT seq FROM position').get()?.['seq']);
  } finally {
    db.exec('COMMIT');
  }
}
