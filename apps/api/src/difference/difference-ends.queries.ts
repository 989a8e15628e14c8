import type { DatabaseSync } from 'node:sqlite';
import { refuse } from '@ceasewatch/domain/refusal';
import type { SituationQuery } from '@ceasewatch/domain/situation/situation';
import { sectorsAsOf, zoneAsOf } from '../centre/gazetteer.queries.ts';
import { textCondition, textHits } from '../observation/text-search.queries.ts';
import { type AsOf, type Moment, resolveAsOf } from '../read-model/as-of.ts';
import type { HitsOfTwo } from '../read-model/columns-desk.ts';
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
  readonly hits: HitsOfTwo | undefined;
}

export interface AskedEnds {
  readonly from: AsOf;
  readonly to?: AsOf | undefined;
  readonly window: AskedWindow;
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
  const text = textCondition(db, viewer, window.filter, later.seq);
  const [then, found] = [textHits(text, earlier.seq), textHits(text, later.seq)];
  return {
    from: earlier.seq,
    to: later.seq,
    then: queryAt(earlier),
    now: queryAt(later),
    sectors: sectorsAsOf(db, later.seq),
    hits: then && found && { then, now: found },
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
