'use client';

import type { SituationAnswer } from '@ceasewatch/api/contract/situation';
import { MINUTE_MS } from '@ceasewatch/domain/measure/instant';
import { isFireItem } from '@ceasewatch/domain/observation/vocabulary';
import type { Change } from '@ceasewatch/domain/situation/observation-row';
import type { Situation } from '@ceasewatch/domain/situation/situation';
import { isFoldable } from '@ceasewatch/domain/situation/observation-filter';
import {
  applyChange,
  resumeSituation,
  type SituationFold,
  toSituation,
} from '@ceasewatch/domain/situation/situation-fold';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { getJson } from '../../../api/fetch-json.ts';
import { isAway } from '../../../api/queries.ts';
import { useAskAgain } from '../../../api/use-ask-again.ts';
import { useLastAnswer } from '../../../api/use-last-answer.ts';
import { filterSearch } from '../../../filter/filter-query.ts';
import { type Moment, putMoment } from '../../../filter/moment.ts';
import { type Address, useAddress } from '../../../filter/use-address.ts';
import { instantOf, millis } from '../../../format/instants.ts';
import { useMinute } from '../../../live/use-now.ts';
import { usePace } from '../../../live/use-pace.ts';
import { useChanges, useGeneration, useLiveFeed } from '../../../live/use-live.ts';

/**
 * The figures of the screen: a snapshot of the server, carried on by the live changes with the same
 * fold, asked again when the minute turns because every window then ends later. In the past it stands
 * still.
 */
export interface SituationView {
  readonly situation: Situation | null;
  readonly lastFireItem: SituationAnswer['lastFireItem'];
  readonly silentUnits: SituationAnswer['silentUnits'];
  readonly loading: boolean;
  /** Beginning of the window that the address asks for; null before its first answer. */
  readonly since: string | null;
  /** The last asking failed; what is shown is older. */
  readonly error: Error | null;
  /** When the answer came that is shown; 0 without one. */
  readonly answeredAt: number;
  retry(): void;
}

const SHOW_MS = 1_000;

export function useSituation(): SituationView {
  const address = useAddress();
  const minute = useMinute();
  const generation = useGeneration();
  const question = situationSearch(address);
  const search = new URLSearchParams(question);
  // The minute that runs belongs to the window, or a report would be seen in the feed and not counted.
  if (!address.past) search.set('at', instantOf(minute + MINUTE_MS));
  const { data, error, failureReason, dataUpdatedAt, refetch } = useQuery({
    ...askSituation(search.toString(), generation),
    enabled: minute > 0,
  });
  const last = useLastAnswer(`${question} ${generation}`, data, dataUpdatedAt);
  const answer = last?.answer;
  const folded = useFolded(answer, address.past);
  // Of a moment there are no older figures to go by: that nobody answers is said before the last try.
  const unanswered = address.past && failureReason !== null && isAway(failureReason);
  const told = error ?? (unanswered ? failureReason : null);
  return {
    situation: folded.situation ?? answer?.situation ?? null,
    lastFireItem: folded.lastFireItem ?? answer?.lastFireItem ?? null,
    silentUnits: answer?.silentUnits ?? [],
    loading: answer === undefined && told === null,
    since: answer?.situation.window.from ?? null,
    error: told,
    answeredAt: last?.answeredAt ?? 0,
    retry: () => void refetch(),
  };
}

/** What is asked, but for the minute at which it is asked; in the past that is all. */
export function situationSearch(view: Pick<Address, 'filter' | 'window'> & Moment): string {
  const { from: _from, to: _to, ...rest } = view.filter;
  const search = filterSearch(rest);
  search.set('window', view.window);
  return putMoment(search, view).toString();
}

/** The figures, for whoever shows them or fetches them before they are shown. */
export function askSituation(search: string, generation: number) {
  return queryOptions({
    queryKey: ['situation', search, generation],
    queryFn: ({ signal }) =>
      getJson<SituationAnswer>('/api/situation', { search: new URLSearchParams(search), signal }),
    gcTime: 2 * MINUTE_MS,
  });
}

interface Folded {
  readonly situation: Situation | null;
  readonly lastFireItem: SituationAnswer['lastFireItem'];
}

/** An answer carried on by changes: it stands for no other answer. */
interface Running {
  readonly answer: SituationAnswer;
  readonly fold: SituationFold;
  lastFireItem: SituationAnswer['lastFireItem'];
}

interface Shown extends Folded {
  readonly answer: SituationAnswer | undefined;
}

const NOTHING: Shown = { answer: undefined, situation: null, lastFireItem: null };

/** Applies changes as they come and shows the result at most once a second. */
function useFolded(answer: SituationAnswer | undefined, still: boolean): Folded {
  const feed = useLiveFeed();
  const running = useRef<Running | null>(null);
  const [shown, setShown] = useState<Shown>(NOTHING);
  const show = usePace(SHOW_MS, () => {
    if (running.current !== null) setShown(shownOf(running.current));
  });
  // Free text cannot be folded here, nor what is no longer kept.
  const askAgain = useAskAgain('situation');

  useEffect(() => {
    running.current = null;
    if (answer === undefined || still || !isFoldable(answer.situation.query.filter)) {
      setShown(NOTHING);
      return;
    }
    const since = feed.since(answer.situation.seq);
    if (!since.complete) return askAgain();
    running.current = {
      answer,
      fold: resumeSituation(answer.situation),
      lastFireItem: answer.lastFireItem,
    };
    if (carryOn(running.current, since.changes)) askAgain();
    setShown(shownOf(running.current));
  }, [answer, still, feed, askAgain]);

  useChanges((changes) => {
    if (running.current === null) {
      if (answer !== undefined && !still) askAgain();
      return;
    }
    if (carryOn(running.current, changes)) askAgain();
    show();
  });
  return shown.answer === answer ? shown : NOTHING;
}

/** @returns whether the window begins earlier now, so that only the server can answer */
function carryOn(running: Running, changes: readonly Change[]): boolean {
  const fresh = changes.filter((change) => change.seq > running.fold.seq);
  for (const change of fresh) applyChange(running.fold, change);
  running.lastFireItem = latestFireItem(running.lastFireItem, fresh);
  return startsEarlier(running.answer, fresh);
}

function shownOf({ answer, fold, lastFireItem }: Running): Shown {
  return { answer, situation: toSituation(fold), lastFireItem };
}

/** The window of all reports begins with the oldest: one that is older still, an import's, moves it. */
function startsEarlier(answer: SituationAnswer, changes: readonly Change[]): boolean {
  if (answer.situation.query.window !== 'all') return false;
  const from = millis(answer.situation.window.from);
  return changes.some(({ after }) => after !== null && millis(after.when.from) < from);
}

/** A new fire item moves it forward; that one was retracted is known with the next minute's answer. */
function latestFireItem(
  known: SituationAnswer['lastFireItem'],
  changes: readonly Change[],
): SituationAnswer['lastFireItem'] {
  let latest = known;
  for (const { after } of changes) {
    if (after === null || after.status !== 'recorded' || !isFireItem(after.kind)) continue;
    if (latest === null || millis(after.when.to) > millis(latest.at)) {
      latest = { id: after.id, number: after.number, at: after.when.to };
    }
  }
  return latest;
}
