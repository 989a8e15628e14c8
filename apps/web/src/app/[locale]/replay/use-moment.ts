'use client';

import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { LIVE, type Moment, sameMoment } from '../../../filter/moment.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { drawingOfThisDesk } from '../../../map/drawing-desk.ts';
import { changeAddress } from '../../../shell/change-address.ts';
import { LatestWins } from './latest-wins.ts';
import { replayMoved } from './replay-address.ts';
import { useAskAhead } from './use-ask-ahead.ts';

/**
 * The moment that is looked at, in the four places where it stands. `wanted` is where the hand is;
 * `shown` follows as fast as figures and lists can be answered, and only with what has been answered;
 * `drawn`, the map's, and the address follow once a second, and when the hand rests; where a map takes
 * the whole desk, what is shown never waits for it while the hand moves.
 */
export interface MomentInHand {
  readonly wanted: Moment;
  readonly shown: Moment;
  readonly drawn: Moment;
  /**
   * @param how `push` for a step that Back undoes
   * @param next where the hand may go from there: asked for while it rests
   */
  go(moment: Moment, how?: 'push' | 'replace', next?: Moment): void;
  /** A step that follows from the one before; resolves when it has been painted, and never once it was left. */
  play(moment: Moment): Promise<void>;
  /**
   * Has the states of a log that is played before they are wanted.
   *
   * @throws ApiProblem
   */
  coming(events: readonly number[]): Promise<void>;
}

type How = 'push' | 'replace' | 'play';

interface Wish {
  readonly moment: Moment;
  readonly how: How;
  readonly next?: Moment | undefined;
}

/** Once a second, with the state that comes next; a map keeps to its second by itself. */
const FOLLOW_MS = 900;
/** The hand rests when it has not moved for so long: what follows it takes the desk for as long. */
const REST_MS = 400;
/** What is shown has been drawn by then. */
const DRAWN_MS = 50;

/**
 * @param onLeft the moment is another one, and not by this hand
 * @param onFailed what comes could not be asked while the log was played
 */
export function useMoment(onLeft: () => void, onFailed: (error: unknown) => void): MomentInHand {
  const address = useAddress();
  const here: Moment = { asOf: address.asOf, until: address.until };
  const [wanted, setWanted] = useState(here);
  /** The same at this very instant, before it is rendered. */
  const hand = useRef(here);
  const [shown, setShown] = useState(here);
  const [drawn, setDrawn] = useState(here);
  const ahead = useAskAhead(address);
  const pushing = useRef(false);
  const played = useRef(false);
  const told = useRef({ onLeft, onFailed });
  useEffect(() => {
    told.current = { onLeft, onFailed };
  });
  const wishes = useRef<LatestWins<Wish> | null>(null);
  useEffect(() => {
    const has = {
      push: (moment: Moment) => ahead.current.figuresAndLists(moment),
      replace: (moment: Moment) => ahead.current.figuresAndLists(moment),
      play: (moment: Moment) => ahead.current.played(moment),
    };
    const own = new LatestWins<Wish>(async ({ moment, how, next }, signal) => {
      try {
        await has[how](moment);
      } catch (error) {
        return told.current.onFailed(error);
      }
      if (signal.aborted) return;
      // Of a play both move in one drawing: there is no hand that the line would have to follow before.
      if (how === 'play') setWanted(moment);
      setShown(moment);
      if (next === undefined) return;
      setTimeout(() => {
        if (sameMoment(hand.current, moment)) void ahead.current.figuresAndLists(next);
      }, DRAWN_MS);
    });
    wishes.current = own;
    return () => own.forget();
  }, [ahead]);

  /** A map may take longer than a second: the next is asked for when it has come. */
  const maps = useRef<LatestWins<Moment> | null>(null);
  useEffect(() => {
    const own = new LatestWins<Moment>(async (moment, signal) => {
      await ahead.current.map(moment);
      if (!signal.aborted) setDrawn(moment);
    });
    maps.current = own;
    return () => own.forget();
  }, [ahead]);

  // What the address says and this screen did not write is a link, Back, Esc, or the as-of control.
  const written = useRef(here);
  /** Written, and not yet said by the address: it is told of a change later than it is made. */
  const untold = useRef<readonly Moment[]>([]);
  /** Address and centre follow one moment after the other, and end with the last. */
  const follows = useRef<LatestWins<Moment> | null>(null);
  useEffect(() => {
    const own = new LatestWins<Moment>(async (moment, signal) => {
      await ahead.current.centre(moment);
      // Who left meanwhile has left.
      const before = written.current;
      if (signal.aborted || sameMoment(moment, before)) return;
      // Leaving the present is a step that Back undoes; so is a jump.
      const how = pushing.current || sameMoment(before, LIVE) ? 'push' : 'replace';
      pushing.current = false;
      written.current = moment;
      untold.current = [...untold.current, moment];
      const { asOf, until } = moment;
      changeAddress((now) => replayMoved(now, { ...(asOf === null ? {} : { asOf }), until }), how);
    });
    follows.current = own;
    return () => own.forget();
  }, [ahead]);
  useEffect(() => {
    const moment = { asOf: address.asOf, until: address.until };
    const at = untold.current.findIndex((each) => sameMoment(each, moment));
    untold.current = untold.current.slice(at + 1);
    if (at >= 0 || sameMoment(moment, written.current)) return;
    untold.current = [];
    written.current = moment;
    told.current.onLeft();
    wishes.current?.forget();
    maps.current?.forget();
    follows.current?.forget();
    hand.current = moment;
    setWanted(moment);
    if (sameMoment(moment, LIVE)) {
      setShown(moment);
      setDrawn(moment);
    } else wishes.current?.wish({ moment, how: 'replace' });
  }, [address.asOf, address.until]);

  /** Who waits for what is shown next to be painted. */
  const painted = useRef<(() => void)[]>([]);
  useLayoutEffect(() => {
    const heard = painted.current.splice(0);
    if (heard.length > 0) afterPainting(() => heard.forEach((each) => each()));
  }, [shown]);

  /** Since when the page shows what address and map do not follow yet; 0 while they do. */
  const aheadSince = useRef(0);
  useEffect(() => {
    if (sameMoment(shown, LIVE)) {
      aheadSince.current = 0;
      return undefined;
    }
    const now = performance.now();
    aheadSince.current ||= now;
    const latest =
      played.current || mapsAreCheap() ? aheadSince.current + FOLLOW_MS - now : REST_MS;
    const timer = setTimeout(
      () => {
        aheadSince.current = 0;
        maps.current?.wish(shown);
        follows.current?.wish(shown);
      },
      Math.max(0, Math.min(REST_MS, latest)),
    );
    return () => clearTimeout(timer);
  }, [shown]);

  return {
    wanted,
    shown,
    drawn,
    go: (moment, how = 'replace', next) => {
      if (how === 'push') pushing.current = true;
      played.current = false;
      hand.current = moment;
      setWanted(moment);
      wishes.current?.wish({ moment, how, next });
    },
    play: (moment) => {
      played.current = true;
      hand.current = moment;
      wishes.current?.wish({ moment, how: 'play' });
      return new Promise((resolve) => painted.current.push(resolve));
    },
    coming: (events) => ahead.current.coming(events),
  };
}

/** What follows is not drawn before what was drawn last is seen; a page out of sight is not painted. */
function afterPainting(act: () => void): void {
  if (document.hidden) setTimeout(act);
  else requestAnimationFrame(() => setTimeout(act));
}

/** Drawn by the processor, a map holds every frame of the page for a quarter of a second. */
function mapsAreCheap(): boolean {
  return drawingOfThisDesk() === 'hardware';
}
