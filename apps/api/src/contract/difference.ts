import type { MovedFigure } from '@ceasewatch/domain/difference/column-difference';
import type { ObservationChange, Shown } from '@ceasewatch/domain/difference/difference';
import type { FieldDifference } from '@ceasewatch/domain/difference/field-differences';
import type { Disclosed } from '@ceasewatch/domain/recorded-event';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import type { Situation } from '@ceasewatch/domain/situation/situation';

/** One end of a difference. */
export interface DifferenceMoment {
  /** The last event that was known; -1 where the log is younger. */
  readonly seq: number;
  /** When it was recorded; null before the first event. */
  readonly time: string | null;
}

/** An event between the two moments that changed the observation. */
export interface ChangingEvent {
  readonly seq: number;
  readonly type: string;
  readonly time: string;
  readonly officer: string | null;
  readonly authn: string;
  /** Why it was corrected or retracted; null for the other events. */
  readonly reason: string | null;
}

/** An observation of which another version is in force at the later moment. */
export interface ObservationDifference {
  readonly id: string;
  readonly number: number;
  readonly change: ObservationChange;
  /** Whether a list with this filter shows it, then and now: a correction can bring it in or take it out. */
  readonly shown: Shown;
  /** The figures that it moved. */
  readonly figures: readonly MovedFigure[];
  /** As it stood at each moment; null where it was not recorded yet. */
  readonly before: ObservationRow | null;
  readonly after: ObservationRow;
  /** Fields of its content that say something else, by their names in `before` and `after`. */
  readonly fields: readonly FieldDifference[];
  /** What was told beside it and says something else; shown, withheld or erased, null where nothing was told. */
  readonly disclosed: readonly {
    readonly name: 'narrative' | 'asEntered';
    readonly before: Disclosed | null;
    readonly after: Disclosed | null;
  }[];
  /** The first twenty, in log order, and how many there are. */
  readonly events: readonly ChangingEvent[];
  readonly eventsInAll: number;
}

/** `GET /api/diff/observations`: in the order of the last event that changed each of them. */
export interface ObservationDifferencePage {
  readonly from: DifferenceMoment;
  readonly to: DifferenceMoment;
  readonly items: readonly ObservationDifference[];
  /** How many there are of the change and the figure that were asked for. */
  readonly matching: number;
  /** Opaque; absent on the last page. It holds both moments, so pages fit whatever is recorded meanwhile. */
  readonly next?: string;
  /** Present with `q`: whether narrative was searched too, which the viewer decides. */
  readonly narrativeSearched?: boolean;
}

/** Something of the centre, or the ceasefire, that changed between the two moments. */
export interface CentreDifference {
  readonly thing:
    'centre' | 'calendar' | 'contingent' | 'strength' | 'unit' | 'area' | 'officer' | 'ceasefire';
  readonly id: string;
  readonly change: 'added' | 'changed';
  readonly before: unknown;
  readonly after: unknown;
  readonly fields: readonly FieldDifference[];
  /** The last of the events that changed it, and how many there are. */
  readonly event: { readonly seq: number; readonly type: string; readonly time: string };
  readonly eventsInAll: number;
}

/** `GET /api/diff?from=&to=`: earlier → later, whichever was named first. */
export interface DifferenceAnswer extends ObservationDifferencePage {
  readonly situation: {
    /** The figures as they stood at the earlier moment, in windows that ended there. */
    readonly then: Situation;
    /** What was known at the earlier moment, in the windows of the later: what has left them, has left. */
    readonly kept: Situation;
    /** The figures at the later moment. From `kept` to `now` only events made a difference. */
    readonly now: Situation;
  };
  /** From `kept` to `now`: how many observations moved each figure; the last event of each, the first hundred. */
  readonly moved: Readonly<
    Record<MovedFigure, { readonly observations: number; readonly events: readonly number[] }>
  >;
  readonly totals: Readonly<Record<ObservationChange, number>>;
  /** In log order, at most two hundred. */
  readonly centre: {
    readonly items: readonly CentreDifference[];
    readonly matching: number;
  };
}
