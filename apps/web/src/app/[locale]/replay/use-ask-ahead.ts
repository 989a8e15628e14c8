'use client';

import type { ObservationPage } from '@ceasewatch/api/contract/observation';
import { isFoldable } from '@ceasewatch/domain/situation/observation-filter';
import { hashKey, type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { getJson } from '../../../api/fetch-json.ts';
import { filterSearch } from '../../../filter/filter-query.ts';
import { type Moment, putMoment } from '../../../filter/moment.ts';
import type { Address } from '../../../filter/use-address.ts';
import { useGeneration } from '../../../live/use-live.ts';
import { askCentre } from '../../../shell/use-centre.ts';
import { pageWithin } from '../situation/feed-rows.ts';
import { askFeed, askFirstRows } from '../situation/use-feed.ts';
import { askMapRows } from '../situation/use-map-rows.ts';
import { askSituation, situationSearch } from '../situation/use-situation.ts';
import { Playback } from './playback.ts';
import type { PlayedState } from './played-log.ts';
import { askStanding } from './standing.ts';

/**
 * Has what a moment needs before it is shown, under the questions that the panels ask themselves, so
 * that they find it answered: asked of the server, or while the log is played made of its changes. What
 * could not be had they ask once more, and say so.
 */
interface AskAhead {
  figuresAndLists(moment: Moment): Promise<void>;
  /** What follows once a second. */
  centre(moment: Moment): Promise<void>;
  map(moment: Moment): Promise<void>;
  /**
   * The same as `figuresAndLists` of a log that is played, without a request of its own; where the log is
   * so dense that its changes would be more than an answer, that is asked for after all.
   *
   * @param since how many events lie between this state and the one before
   */
  played(moment: Moment, since?: number): Promise<void>;
  /** The play rests at a moment: what was made of changes is asked of the server after all. */
  rest(moment: Moment): Promise<void>;
}

type View = Pick<Address, 'filter' | 'window'>;

/** From one state to the next: of more, the node's one pass over its columns is cheaper. */
const MOST_CHANGES = 400;

/** Enough for the list to lose some rows to the window while it is played. */
const RECORDED = 200;

export function useAskAhead(view: View): { readonly current: AskAhead } {
  const queries = useQueryClient();
  const generation = useGeneration();
  const ahead = useRef<AskAhead>(NOBODY);
  const latest = useRef(view);
  useEffect(() => {
    latest.current = view;
  });
  // Another filter or window is told by its words, not by the object that says it.
  const key = `${situationSearch({ ...view, asOf: null, until: null })} ${filterSearch(view.filter).toString()}`;
  useEffect(() => {
    ahead.current = askAhead(queries, latest.current, generation);
  }, [queries, key, generation]);
  return ahead;
}

const nothing = () => Promise.resolve();
const NOBODY: AskAhead = {
  figuresAndLists: nothing,
  centre: nothing,
  map: nothing,
  played: nothing,
  rest: nothing,
};

function askAhead(queries: QueryClient, view: View, generation: number): AskAhead {
  const situationAt = (moment: Moment) =>
    askSituation(situationSearch({ ...view, ...moment }), generation);
  const feedAt = (moment: Moment, since: string) =>
    askFeed({ ...view, ...moment }, since, generation);
  const mapAt = (moment: Moment, since: string) =>
    askMapRows({ ...view, ...moment }, since, generation);
  const firstRowsAt = (moment: Moment) => askFirstRows({ ...view, ...moment }, generation);
  const sinceAt = async (moment: Moment): Promise<string> =>
    (await queries.fetchQuery(situationAt(moment))).situation.window.from;
  const playback = isFoldable(view.filter) ? playbackOf(queries, view, mapAt) : null;
  const given = new GivenAnswers(queries);
  let lastPlayed: number | null = null;

  const figuresAndLists = (moment: Moment) =>
    settledOf(
      Promise.all([sinceAt(moment), queries.fetchQuery(firstRowsAt(moment))]).then(
        ([since, first]) => {
          const [feed, page] = [feedAt(moment, since), pageWithin(first, since)];
          return queries.fetchInfiniteQuery(
            page === undefined ? feed : { ...feed, queryFn: () => page },
          );
        },
      ),
    );
  return {
    figuresAndLists,
    centre: ({ asOf }) => settledOf(queries.fetchQuery(askCentre(asOf, generation))),
    map: async (moment) => {
      const state = playback?.shownAt(moment.asOf);
      if (state === undefined || moment.until !== null)
        return settledOf(sinceAt(moment).then((since) => queries.fetchQuery(mapAt(moment, since))));
      const { queryKey } = mapAt(moment, state.answer.situation.window.from);
      given.give(queryKey, { ...state.map(), asOf: state.seq });
    },
    played: async (moment, since) => {
      const { asOf, until } = moment;
      const events = since ?? (asOf ?? 0) - (lastPlayed ?? asOf ?? 0);
      lastPlayed = asOf;
      if (playback === null || asOf === null || until !== null || events > MOST_CHANGES)
        return figuresAndLists(moment);
      const state = await playback.at(asOf);
      if (state === undefined) return figuresAndLists(moment);
      given.give(situationAt(moment).queryKey, state.answer);
      const { from } = state.answer.situation.window;
      given.give(feedAt(moment, from).queryKey, { pages: [pageOf(state)], pageParams: [''] });
    },
    rest: async (moment) => {
      if (!given.forget(situationAt(moment).queryKey)) return figuresAndLists(moment);
      await settledOf(
        queries
          .fetchQuery({ ...situationAt(moment), staleTime: 0 })
          .then(({ situation: { window } }) =>
            Promise.all([
              queries.fetchInfiniteQuery({ ...feedAt(moment, window.from), staleTime: 0 }),
              queries.fetchQuery({ ...mapAt(moment, window.from), staleTime: 0 }),
            ]),
          ),
      );
    },
  };
}

function playbackOf(
  queries: QueryClient,
  view: View,
  mapAt: (moment: Moment, since: string) => ReturnType<typeof askMapRows>,
): Playback {
  const at = (seq: number): Moment => ({ asOf: seq, until: null });
  return new Playback({
    filter: view.filter,
    ask: (path, search) => getJson(path, search === undefined ? {} : { search }),
    standing: (seq) => askStanding(new URLSearchParams(situationSearch({ ...view, ...at(seq) }))),
    recorded: (seq, since) => {
      const search = putMoment(filterSearch(view.filter), at(seq));
      search.set('limit', RECORDED.toString());
      if (!search.has('from')) search.set('from', since);
      return getJson<ObservationPage>('/api/observations', { search });
    },
    map: (seq, since) => queries.fetchQuery(mapAt(at(seq), since)),
  });
}

function pageOf({ seq, answer, recorded }: PlayedState): ObservationPage {
  return { asOf: seq, items: recorded, matching: answer.situation.matching };
}

/** Answers that nobody asked for: twenty states a second are kept for as long as they are shown. */
class GivenAnswers {
  readonly #queries: QueryClient;
  #keys: QueryKey[] = [];

  constructor(queries: QueryClient) {
    this.#queries = queries;
  }

  give(queryKey: QueryKey, answer: object): void {
    this.#queries.setQueryData(queryKey, answer);
    this.#keys.push(queryKey);
    if (this.#keys.length < 2 * KEPT) return;
    for (const old of this.#keys.splice(0, KEPT)) this.#remove(old);
  }

  /** @returns whether any was given, and that one among them */
  forget(queryKey: QueryKey): boolean {
    const hash = hashKey(queryKey);
    const isGiven = this.#keys.some((key) => hashKey(key) === hash);
    for (const old of this.#keys.splice(0)) this.#remove(old);
    return isGiven;
  }

  /** What is on the screen stays there. To find it by its name costs nothing, to look for it a tenth of a play. */
  #remove(queryKey: QueryKey): void {
    const cache = this.#queries.getQueryCache();
    const query = cache.get(hashKey(queryKey));
    if (query?.getObserversCount() === 0) cache.remove(query);
  }
}

const KEPT = 40;

/** Whether it went well is seen by whoever asks the same and shows it. */
async function settledOf(asking: Promise<unknown>): Promise<void> {
  await Promise.allSettled([asking]);
}
