'use client';

import type { StatesAnswer } from '@ceasewatch/api/contract/states';
import { isFoldable } from '@ceasewatch/domain/situation/observation-filter';
import { hashKey, type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { getJson } from '../../../api/fetch-json.ts';
import { AHEAD } from '../../../api/queries.ts';
import { filterSearch } from '../../../filter/filter-query.ts';
import type { Moment } from '../../../filter/moment.ts';
import type { Address } from '../../../filter/use-address.ts';
import { useGeneration } from '../../../live/use-live.ts';
import { askCentre } from '../../../shell/use-centre.ts';
import { pageWithin } from '../situation/feed-rows.ts';
import { askFeed, askFirstRows } from '../situation/use-feed.ts';
import { askMapRows } from '../situation/use-map-rows.ts';
import { askSituation, situationSearch } from '../situation/use-situation.ts';
import { PATIENCE_MS } from './patiently.ts';
import { Playback } from './playback.ts';

/**
 * Has what a moment needs before it is shown, under the questions that the panels ask themselves, so
 * that they find it answered. What could not be had they ask once more, and say so.
 */
interface AskAhead {
  figuresAndLists(moment: Moment): Promise<void>;
  /** What follows once a second. */
  centre(moment: Moment): Promise<void>;
  map(moment: Moment): Promise<void>;
  /** The same as `figuresAndLists` of a log that is played, from what was asked for with `coming`. */
  played(moment: Moment): Promise<void>;
  /**
   * Has the states after these events, ascending, in one question.
   *
   * @throws ApiProblem
   */
  coming(events: readonly number[]): Promise<void>;
}

type View = Pick<Address, 'filter' | 'window'>;

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
  coming: nothing,
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
    (await queries.fetchQuery({ ...situationAt(moment), ...AHEAD })).situation.window.from;
  // Free text is looked for in one state at a time.
  const playback = isFoldable(view.filter)
    ? new Playback((events) => askStates(view, events))
    : null;
  const given = new GivenAnswers(queries);

  const figuresAndLists = (moment: Moment) =>
    settledOf(
      Promise.all([sinceAt(moment), queries.fetchQuery({ ...firstRowsAt(moment), ...AHEAD })]).then(
        ([since, first]) => {
          const feed = { ...feedAt(moment, since), ...AHEAD };
          const page = pageWithin(first, since);
          return queries.fetchInfiniteQuery(
            page === undefined ? feed : { ...feed, queryFn: () => page },
          );
        },
      ),
    );
  return {
    figuresAndLists,
    centre: ({ asOf }) =>
      settledOf(queries.fetchQuery({ ...askCentre(asOf, generation), ...AHEAD })),
    map: (moment) =>
      settledOf(
        sinceAt(moment).then((since) => queries.fetchQuery({ ...mapAt(moment, since), ...AHEAD })),
      ),
    played: async (moment) => {
      const { asOf, until } = moment;
      if (playback === null || asOf === null || until !== null) return figuresAndLists(moment);
      const { answer, recorded } = await playback.at(asOf);
      given.give(situationAt(moment).queryKey, answer);
      const { from } = answer.situation.window;
      given.give(feedAt(moment, from).queryKey, { pages: [recorded], pageParams: [''] });
    },
    coming: async (events) => playback?.coming(events),
  };
}

function askStates(view: View, events: readonly number[]): Promise<StatesAnswer> {
  const search = new URLSearchParams(situationSearch({ ...view, asOf: null, until: null }));
  search.set('events', events.join());
  return getJson<StatesAnswer>('/api/situation/states', { search });
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

  /** What is on the screen stays there. To find it by its name costs nothing, to look for it a tenth of a play. */
  #remove(queryKey: QueryKey): void {
    const cache = this.#queries.getQueryCache();
    const query = cache.get(hashKey(queryKey));
    if (query?.getObserversCount() === 0) cache.remove(query);
  }
}

const KEPT = 40;

/**
 * Whether it went well is seen by whoever asks the same and shows it; so is that it takes long: hand,
 * panels and address do not stand apart for as long as a node is silent.
 */
async function settledOf(asking: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
  await Promise.race([Promise.allSettled([asking]), patience]);
  clearTimeout(timer);
}
