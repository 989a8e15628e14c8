import type { DatabaseSync } from 'node:sqlite';
import type {
  ColumnDifferenceQuery,
  MovedFigure,
} from '@ceasewatch/domain/difference/column-difference';
import type { ObservationChange } from '@ceasewatch/domain/difference/difference';
import { refuse } from '@ceasewatch/domain/refusal';
import type { SituationQuery } from '@ceasewatch/domain/situation/situation';
import { sectorsAsOf, zoneAsOf } from '../centre/gazetteer.queries.ts';
import type { DifferenceMoment } from '../contract/difference.ts';
import { askedText } from '../observation/text-search.queries.ts';
import { type AsOf, type Moment, resolveAsOf } from '../read-model/as-of.ts';
import type { AskedText, ColumnsDesk } from '../read-model/columns-desk.ts';
import { momentOf } from '../read-model/event-table.ts';
import type { Projector } from '../read-model/projector.ts';
import { settled } from '../read-model/settled.ts';
import { type AskedWindow, momentMs, situationQuery } from '../situation/asked-window.queries.ts';

/** Two moments of the log in their order, and what is asked about each of them. */
export interface Ends {
  /** The last event known at the earlier moment and at the later. */
  readonly from: number;
  readonly to: number;
  /** The figures of the earlier moment end there, those of the later one here. */
  readonly then: SituationQuery;
  readonly now: SituationQuery;
  readonly sectors: readonly string[];
  readonly text: AskedText | undefined;
}

export interface AskedEnds {
  readonly from: AsOf;
  readonly to?: AsOf | undefined;
  readonly window: AskedWindow;
}

/** Both ends as `settled`. */
export async function endsSettled(
  projector: Projector,
  { from, to }: Pick<AskedEnds, 'from' | 'to'>,
  now: number,
): Promise<void> {
  await settled(projector, 'from', from, now);
  if (to !== undefined) await settled(projector, 'to', to, now);
}

/**
 * @param now the present, milliseconds since 1970
 * @throws ReadModelError as_of_unknown; Refusal invalid
 */
export function endsOf(
  db: DatabaseSync,
  { viewer, asOf, occurredUntil }: Moment,
  asked: AskedEnds,
  projected: number,
  now: number,
): Ends {
  const known: End = {
    seq: resolveAsOf(db, projected, asOf),
    ms: momentMs(db, asOf, now),
  };
  const ends = [
    endOf(db, 'from', asked.from, known),
    asked.to === undefined ? known : endOf(db, 'to', asked.to, known),
  ];
  const [earlier = known, later = known] = ends.toSorted(
    (one, other) => one.seq - other.seq || one.ms - other.ms,
  );
  const window = { ...asked.window, zone: asked.window.zone ?? zoneAsOf(db, later.seq) };
  const queryAt = ({ seq, ms }: End) => situationQuery(db, window, seq, ms, occurredUntil);
  // Both sides are searched with the names of the later moment: a name is no event of a report.
  const text = askedText(db, viewer, window.filter, later.seq);
  return {
    from: earlier.seq,
    to: later.seq,
    then: queryAt(earlier),
    now: queryAt(later),
    sectors: sectorsAsOf(db, later.seq),
    text,
  };
}

interface End {
  readonly seq: number;
  readonly ms: number;
}

function endOf(db: DatabaseSync, field: string, asked: AsOf, known: End): End {
  if (typeof asked === 'number' && asked > known.seq) {
    throw refuse('invalid', { field, reason: 'no_such_event' });
  }
  const ms = momentMs(db, asked, known.ms);
  return { seq: resolveAsOf(db, known.seq, asked), ms: Math.min(ms, known.ms) };
}

/** Which of the changed observations are asked for; all of them unless told. */
export interface ChangesAsked {
  readonly change?: ObservationChange | undefined;
  readonly figure?: MovedFigure | undefined;
  /** Only observations that began at or after it, UTC. */
  readonly occurredFrom?: string | undefined;
}

export function columnsQuery(
  { from, to }: Ends,
  query: SituationQuery,
  { change, figure, occurredFrom }: ChangesAsked,
  { after, limit }: Pick<ColumnDifferenceQuery, 'after' | 'limit'>,
): ColumnDifferenceQuery {
  return {
    from,
    to,
    query,
    after,
    limit,
    ...(change === undefined ? {} : { change }),
    ...(figure === undefined ? {} : { figure }),
    ...(occurredFrom === undefined ? {} : { occurredFrom }),
  };
}

/**
 * The question of the later moment; where its window `all` begins, the situation knows.
 *
 * @throws ReadModelError rebuilding, overloaded; the signal's reason
 */
export async function begunQuery(
  columns: ColumnsDesk,
  { now, sectors, to, text }: Ends,
  signal: AbortSignal | undefined,
): Promise<SituationQuery> {
  if (now.window !== 'all' || now.from !== undefined) return now;
  return (await columns.situation(now, sectors, to, text, signal)).query;
}

export function momentAt(db: DatabaseSync, seq: number): DifferenceMoment {
  return { seq, time: seq < 0 ? null : momentOf(db, seq) };
}
