'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { LIVE, type Moment, sameMoment } from '../../../filter/moment.ts';
import { type Address, useAddress } from '../../../filter/use-address.ts';
import { useGeneration } from '../../../live/use-live.ts';
import { changeAddress } from '../../../shell/change-address.ts';
import { askFeed } from '../situation/use-feed.ts';
import { askMapRows } from '../situation/use-map-rows.ts';
import { askSituation, situationSearch } from '../situation/use-situation.ts';
import { LatestWins } from './latest-wins.ts';
import { replayMoved } from './replay-address.ts';

/**
 * The moment that is looked at, in the four places where it stands. `wanted` is where the hand is;
 * `shown` follows as fast as figures and lists can be answered, and only with what has been answered;
 * `drawn`, the map's, and the address follow once a second, and at once when the hand rests.
 */
export interface MomentInHand {
  readonly wanted: Moment;
  readonly shown: Moment;
  readonly drawn: Moment;
  /** @param how `push` for a step that Back undoes */
  go(moment: Moment, how?: 'push' | 'replace'): void;
}

const FOLLOW_MS = 1_000;

export function useMoment(onLeft: () => void): MomentInHand {
  const address = useAddress();
  const here: Moment = { asOf: address.asOf, until: address.until };
  const [wanted, setWanted] = useState(here);
  const [shown, setShown] = useState(here);
  const [drawn, setDrawn] = useState(here);
  const ahead = useAskAhead(address);
  const latest = useRef(ahead);
  const pushing = useRef(false);
  useEffect(() => {
    latest.current = ahead;
  });
  const wishes = useRef<LatestWins<Moment> | null>(null);
  useEffect(() => {
    const own = new LatestWins<Moment>(async (moment, signal) => {
      await latest.current.figuresAndLists(moment);
      if (!signal.aborted) setShown(moment);
    });
    wishes.current = own;
    return () => own.forget();
  }, []);

  // What the address says and this screen did not write is a link, Back, Esc, or the as-of control.
  const written = useRef(here);
  const left = useRef(onLeft);
  useEffect(() => {
    left.current = onLeft;
  });
  useEffect(() => {
    const moment = { asOf: address.asOf, until: address.until };
    if (sameMoment(moment, written.current)) return;
    written.current = moment;
    left.current();
    wishes.current?.forget();
    setWanted(moment);
    if (sameMoment(moment, LIVE)) {
      setShown(moment);
      setDrawn(moment);
    } else wishes.current?.wish(moment);
  }, [address.asOf, address.until]);

  const followedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (sameMoment(shown, LIVE)) return undefined;
    const wait = Math.max(0, followedAt.current + FOLLOW_MS - performance.now());
    const timer = setTimeout(() => {
      followedAt.current = performance.now();
      if (!sameMoment(shown, written.current)) {
        // Leaving the present is a step that Back undoes; so is a jump.
        const how = pushing.current || sameMoment(written.current, LIVE) ? 'push' : 'replace';
        pushing.current = false;
        written.current = shown;
        const { asOf, until } = shown;
        changeAddress(
          (now) => replayMoved(now, { ...(asOf === null ? {} : { asOf }), until }),
          how,
        );
      }
      void latest.current.map(shown).then(() => setDrawn(shown));
    }, wait);
    return () => clearTimeout(timer);
  }, [shown]);

  return {
    wanted,
    shown,
    drawn,
    go: (moment, how = 'replace') => {
      if (how === 'push') pushing.current = true;
      setWanted(moment);
      wishes.current?.wish(moment);
    },
  };
}

/**
 * Fetches what a moment needs before it is shown, with the questions that the panels ask themselves, so
 * that they find it answered. What could not be answered they ask once more, and say so.
 */
function useAskAhead({ filter, window }: Address) {
  const queries = useQueryClient();
  const generation = useGeneration();
  const viewAt = (moment: Moment) => ({ filter, window, ...moment });
  const sinceAt = async (moment: Moment): Promise<string> => {
    const search = situationSearch(viewAt(moment));
    const { situation } = await queries.fetchQuery(askSituation(search, generation));
    return situation.window.from;
  };
  return {
    figuresAndLists: async (moment: Moment) => {
      await settledOf(
        sinceAt(moment).then((since) =>
          queries.fetchInfiniteQuery(askFeed(viewAt(moment), since, generation)),
        ),
      );
    },
    map: async (moment: Moment) => {
      await settledOf(
        sinceAt(moment).then((since) =>
          queries.fetchQuery(askMapRows(viewAt(moment), since, generation)),
        ),
      );
    },
  };
}

/** Whether it went well is seen by whoever asks the same and shows it. */
async function settledOf(asking: Promise<unknown>): Promise<void> {
  await Promise.allSettled([asking]);
}
