'use client';

import type { CentreAnswer } from '@ceasewatch/api/contract/centre';
import { queryOptions, replaceEqualDeep, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import { getJson } from '../api/fetch-json.ts';
import { askFailedAgain } from '../api/queries.ts';
import { useAddress } from '../filter/use-address.ts';
import { type Names, NO_NAMES, shortId } from '../format/words.ts';
import { touchQuestions } from '../live/touched-questions.ts';
import {
  openedAtOf,
  useChanges,
  useGeneration,
  useLiveFeed,
  useLiveValue,
} from '../live/use-live.ts';

/**
 * The centre as the screens know it: at present, and as it stood then when the past is viewed. Its
 * first answer gives the live feed its log and the event to start from.
 */
export interface CentreView {
  readonly centre: CentreAnswer | null;
  /** It is the centre of the moment that is looked at, and not the present one in its place. */
  readonly settled: boolean;
  readonly names: Names;
  /** The zone every screen is read in; UTC until the centre is known. */
  readonly zone: string;
  readonly error: Error | null;
  retry(): void;
}

const NOTHING_KNOWN: CentreView = {
  centre: null,
  settled: false,
  names: NO_NAMES,
  zone: 'UTC',
  error: null,
  retry: () => undefined,
};

/** Asked once by the shell for all that stand in it: five hundred rows need no question each. */
export const CentreContext = createContext<CentreView>(NOTHING_KNOWN);

export function useCentre(): CentreView {
  return useContext(CentreContext);
}

export function useCentreQuestion(): CentreView {
  const { asOf } = useAddress();
  const generation = useGeneration();
  const locale = useLocale();
  const query = useQuery(askCentre(asOf, generation));
  const present = usePresentCentre();
  const { error, refetch } = query;
  // Until an as-of is answered, and where nobody can, it is still asked of this centre: its zone, its
  // ground and EXERCISE stay. What must be of that very moment looks at `settled`.
  const centre = useUnchanged(query.data ?? present ?? null);
  const settled = query.data !== undefined;
  const names = useMemo(
    () => (centre === null ? NO_NAMES : namesOf(centre, locale)),
    [centre, locale],
  );
  return useMemo(
    () => ({
      centre,
      settled,
      names,
      zone: centre?.zone ?? 'UTC',
      error,
      retry: () => void refetch(),
    }),
    [centre, settled, names, error, refetch],
  );
}

/** The centre as of an event, for whoever shows it or fetches it before it is shown; null is now. */
export function askCentre(asOf: number | null, generation: number) {
  return queryOptions({
    queryKey: ['centre', asOf, generation],
    queryFn: ({ signal }) =>
      getJson<CentreAnswer>('/api/centre', { signal, search: asOfSearch(asOf) }),
  });
}

/** From one moment to the next the centre is mostly the same: then it is the same object, and nothing is drawn. */
function useUnchanged(centre: CentreAnswer | null): CentreAnswer | null {
  const [kept, setKept] = useState(centre);
  if (kept === centre || centre === null) return centre;
  if (kept !== null && replaceEqualDeep(kept, { ...centre, asOf: kept.asOf }) === kept) return kept;
  setKept(centre);
  return centre;
}

/**
 * Starts the feed once, and lets nothing that was asked outlive a change to it. What could not be had
 * while the node was away is asked again when it is back.
 */
export function useCentreKeeper(): void {
  const feed = useLiveFeed();
  const queries = useQueryClient();
  const data = usePresentCentre();
  useEffect(() => {
    if (data !== undefined) feed.start(data.log, data.asOf);
  }, [data, feed]);
  useChanges((changes) => touchQuestions(queries, changes));
  const openedAt = useLiveValue(openedAtOf);
  useEffect(() => {
    if (openedAt !== null) void askFailedAgain(queries);
  }, [openedAt, queries]);
}

/** The centre as it stands now, whatever moment is looked at. */
export function usePresentCentre(): CentreAnswer | undefined {
  const generation = useGeneration();
  const { data } = useQuery(askCentre(null, generation));
  return data;
}

export function asOfSearch(asOf: number | null): URLSearchParams {
  return new URLSearchParams(asOf === null ? {} : { asOf: asOf.toString() });
}

/** A name in the reader's language, else in English, else whatever there is. */
export function nameIn(names: Readonly<Record<string, string>>, locale: string): string {
  return names[locale] ?? names['en'] ?? Object.values(names)[0] ?? '';
}

function namesOf(centre: CentreAnswer, locale: string): Names {
  const units = new Map(centre.units.map((unit) => [unit.unit, unit.name]));
  const areas = new Map(centre.areas.map((area) => [area.area, nameIn(area.name, locale)]));
  const contingents = new Map(
    centre.contingents.map((each) => [each.contingent, nameIn(each.name, locale)]),
  );
  const officers = new Map(
    centre.officers.map((each) => [
      each.officer,
      each.name.state === 'shown' ? each.name.value : shortId(each.officer),
    ]),
  );
  return {
    unit: (id) => units.get(id) ?? shortId(id),
    area: (id) => areas.get(id) ?? shortId(id),
    contingent: (code) => contingents.get(code) ?? code,
    officer: (id) => officers.get(id) ?? shortId(id),
  };
}
