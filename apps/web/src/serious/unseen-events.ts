import type { Change } from '@ceasewatch/domain/situation/observation-row';
import type { SeriousEvent } from './serious-event.ts';

/** What nobody has said to have seen yet. Only saying so takes it away. */
export interface UnseenEvents {
  /** The newest first. */
  readonly events: readonly SeriousEvent[];
  /** Older ones that are only counted. */
  readonly counted: number;
}

export const NONE_UNSEEN: UnseenEvents = { events: [], counted: 0 };

/** An import of a day of fighting raises thousands: of so many the newest can be opened from here. */
const MOST = 200;

export function withEvent({ events, counted }: UnseenEvents, event: SeriousEvent): UnseenEvents {
  const all = [event, ...events];
  return { events: all.slice(0, MOST), counted: counted + Math.max(0, all.length - MOST) };
}

/** The newest has been seen; behind the last that can be shown the counted ones go with it. */
export function withoutNewest({ events, counted }: UnseenEvents): UnseenEvents {
  const [, ...rest] = events;
  return { events: rest, counted: rest.length === 0 ? 0 : counted };
}

/** What became of a report before it was seen is what its sentence tells. */
export function withChanges(unseen: UnseenEvents, changes: readonly Change[]): UnseenEvents {
  const rows = new Map(changes.flatMap(({ after }) => (after === null ? [] : [[after.id, after]])));
  if (!unseen.events.some(({ row }) => rows.has(row.id))) return unseen;
  const events = unseen.events.map((event) => ({
    ...event,
    row: rows.get(event.row.id) ?? event.row,
  }));
  return { ...unseen, events };
}

export function countOf({ events, counted }: UnseenEvents): number {
  return events.length + counted;
}
