import type { EventLog } from '../event-log/event-log.ts';
import { EventLogError } from '../event-log/event-log-error.ts';
import { type AsOf, resolveAsOf } from './as-of.ts';
import type { Projector } from './projector.ts';

/**
 * The last event of the log that belongs to a moment and can be vouched for: of a damaged log what
 * stands before the damage.
 *
 * @throws ReadModelError as_of_unknown, EventLogError log_corrupt where the moment is behind the damage
 */
export function lastVouched(
  eventLog: EventLog,
  { projected, readModel }: Projector,
  asOf: AsOf | undefined,
): number {
  const { damage } = eventLog.condition();
  const head = Math.min(eventLog.head().seq, (damage?.seq ?? Infinity) - 1);
  if (asOf === undefined) return head;
  const last = readModel.read((db) => resolveAsOf(db, projected, asOf));
  if (last <= head || damage === undefined) return Math.min(head, last);
  throw new EventLogError('log_corrupt', `nothing after event ${head} can be vouched for`);
}
