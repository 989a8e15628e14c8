import type { Resolved, Where } from './where.ts';

/**
 * What maps, filters and sums read of a place. The form in which it was told is for people; its own
 * coordinates, where it has any, are never drawn.
 */

/** What the place was resolved to, if it could be. */
export function resolvedOf(where: Where): Resolved | undefined {
  return where.form === 'unknown' ? undefined : where.resolved;
}
