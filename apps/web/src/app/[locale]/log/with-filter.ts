import { nounOf } from '@ceasewatch/domain/recorded-event';
import type { FilterKey, LogFilter } from './log-address.ts';

/** A filter after a change; nothing, or an empty text, takes a part away. */
export function withFilter(
  filter: LogFilter,
  change: Partial<Record<FilterKey, string | undefined>>,
): LogFilter {
  const entries = Object.entries({ ...filter, ...change });
  const next: LogFilter = Object.fromEntries(entries.filter(([, value]) => value));
  // A type belongs to a noun: choosing another noun lets go of a type that is not its own.
  const { noun, type } = next;
  if (noun === undefined || type === undefined || nounOf(type) === noun) return next;
  const { type: _, ...rest } = next;
  return rest;
}
