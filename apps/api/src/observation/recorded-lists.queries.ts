import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import type { ObservationFilter } from '@ceasewatch/domain/situation/situation';
import { turn } from '../event-log/turn.ts';
import type { ColumnsDesk } from '../read-model/columns-desk.ts';
import type { ReadModel } from '../read-model/read-model.ts';
import { writeCursor } from './list-cursor.ts';
import { rowsByKey } from './observation-lists.ts';

/** For whoever needs many first pages that have most of their rows in common. */

/**
 * The events that began what was recorded last of what passes a filter without free text, as of an event,
 * newest first, and where the list goes on.
 *
 * @throws ReadModelError rebuilding, overloaded; the signal's reason
 */
export async function firstRecorded(
  columns: ColumnsDesk,
  filter: ObservationFilter,
  asOf: number,
  limit: number,
  signal?: AbortSignal,
): Promise<{ readonly versions: readonly number[]; readonly next?: string }> {
  const order = 'recorded';
  const { page, more } = await columns.passingList(
    filter,
    asOf,
    { order, limit },
    undefined,
    signal,
  );
  const versions = page.map(({ fromSeq }) => fromSeq);
  const last = more ? page.at(-1) : undefined;
  return last === undefined
    ? { versions }
    : { versions, next: writeCursor({ order, asOf, ...last }) };
}

/** Rows that are read without a pause. */
const AT_A_TIME = 100;

/**
 * Versions by the events that began them, each as it stood while it was in force.
 *
 * @throws ReadModelError rebuilding
 */
export async function versionsBegunAt(
  readModel: ReadModel,
  events: readonly number[],
): Promise<readonly ObservationRow[]> {
  const rows: ObservationRow[] = [];
  for (let begin = 0; begin < events.length; begin += AT_A_TIME) {
    for (const event of events.slice(begin, begin + AT_A_TIME))
      rows.push(...rowsByKey(readModel, [event], event));
    await turn();
  }
  return rows;
}
