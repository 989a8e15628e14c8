'use client';

import type { Annotation } from '@ceasewatch/api/contract/centre';
import type { LogMoments } from '@ceasewatch/api/contract/log-moments';
import { DISPLAY_GROUPS } from '@ceasewatch/domain/observation/vocabulary';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { getJson } from '../../../api/fetch-json.ts';
import { LIVE, type Moment } from '../../../filter/moment.ts';
import { type Address, useAddress } from '../../../filter/use-address.ts';
import { instantOf, millis } from '../../../format/instants.ts';
import { mineOf, useGeneration, useLiveValue } from '../../../live/use-live.ts';
import { usePresentCentre } from '../../../shell/use-centre.ts';
import { askSituation, situationSearch } from '../situation/use-situation.ts';
import { clamp, densityOf, instantAt, placeOf, seqAt, timeLineOf } from './time-line.ts';
import type { Axis } from './replay-address.ts';

/** A line that one can stand on: how much there is along it, where a moment is, which one a place is. */
export interface Line {
  readonly density: readonly number[];
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly marks: readonly Mark[];
  placeOf(moment: Moment): number;
  momentAt(place: number): Moment;
}

/** Something agreed or announced, where it stands on the line. */
export interface Mark {
  readonly seq: number;
  readonly place: number;
  readonly label: string;
}

export interface LineInHand {
  /** Null while it is asked for, or when the log has nothing to draw. */
  readonly line: Line | null;
  readonly empty: boolean;
  readonly error: Error | null;
  retry(): void;
}

const PARTS = 240;
const GROWN_MS = 5_000;
const NO_MARKS: readonly Annotation[] = [];

export function useTimeLine(axis: Axis, here: Moment): LineInHand {
  const recorded = useRecordedLine();
  const occurred = useOccurredLine(axis === 'occurred', here);
  return axis === 'recorded' ? recorded : occurred;
}

/** The life of the whole log, whatever moment is looked at: it is what one moves in. */
function useRecordedLine(): LineInHand {
  const generation = useGeneration();
  const mine = useLiveValue(mineOf);
  const marks = usePresentCentre()?.annotations ?? NO_MARKS;
  const { data, error, refetch } = useQuery({
    queryKey: ['log-moments', PARTS, generation],
    queryFn: ({ signal }) =>
      getJson<LogMoments>('/api/log/moments', {
        search: new URLSearchParams({ parts: PARTS.toString() }),
        signal,
      }),
    refetchInterval: ({ state }) => ((state.data?.asOf ?? mine) < mine ? GROWN_MS : false),
  });
  const line = useMemo((): Line | null => {
    const drawn = data === undefined ? null : timeLineOf(data);
    if (drawn === null) return null;
    return {
      density: densityOf(drawn),
      from: drawn.from,
      to: drawn.to,
      marks: marks.map(({ seq, label }) => ({ seq, label, place: placeOf(drawn, seq) })),
      placeOf: ({ asOf }) => (asOf === null ? 1 : placeOf(drawn, asOf)),
      momentAt: (place) => ({ asOf: seqAt(drawn, place), until: null }),
    };
  }, [data, marks]);
  return { line, empty: data !== undefined && line === null, error, retry: () => void refetch() };
}

/** Everything that is known to have occurred, at the event that is looked at, from the oldest report on. */
function useOccurredLine(enabled: boolean, { asOf }: Moment): LineInHand {
  const { filter } = useAddress();
  const generation = useGeneration();
  const mine = useLiveValue(mineOf);
  const marks = usePresentCentre()?.annotations ?? NO_MARKS;
  const known = asOf ?? mine;
  const view: Pick<Address, 'filter' | 'window'> & Moment = { filter, window: 'all', ...LIVE };
  const { data, error, refetch } = useQuery({
    ...askSituation(situationSearch({ ...view, asOf: known < 0 ? null : known }), generation),
    enabled,
  });
  const line = useMemo((): Line | null => {
    const [first, last] = [data?.situation.chart[0], data?.situation.chart.at(-1)];
    if (data === undefined || first === undefined || last === undefined) return null;
    const [from, to] = [millis(first.from), millis(last.to)];
    const placeAt = (ms: number) => clamp((ms - from) / Math.max(1, to - from));
    return {
      density: data.situation.chart.map(({ reports }) =>
        DISPLAY_GROUPS.reduce((sum, group) => sum + reports[group], 0),
      ),
      from,
      to,
      marks: marks.map(({ seq, at, label }) => ({ seq, label, place: placeAt(millis(at)) })),
      placeOf: ({ until }) => (until === null ? 1 : placeAt(millis(until))),
      momentAt: (place) => ({
        asOf: known,
        until: wholeMinute(instantAt({ from, to }, place)),
      }),
    };
  }, [data, marks, known]);
  return { line, empty: data !== undefined && line === null, error, retry: () => void refetch() };
}

const MINUTE_MS = 60_000;

export function wholeMinute(ms: number): string {
  return instantOf(Math.floor(ms / MINUTE_MS) * MINUTE_MS);
}
