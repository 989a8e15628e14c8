import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { turn } from '../event-log/turn.ts';
import type { ReadModel } from '../read-model/read-model.ts';
import { rowsByKey } from './observation-lists.ts';

/** For whoever needs many first pages that have most of their rows in common. */

export { firstRecorded } from './observation-lists.ts';

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
