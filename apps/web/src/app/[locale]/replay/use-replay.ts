'use client';

import type { LogMoments } from '@ceasewatch/api/contract/log-moments';
import { compileFilter, isFoldable } from '@ceasewatch/domain/situation/observation-filter';
import { type Dispatch, type SetStateAction, useEffect, useRef, useState } from 'react';
import { getJson } from '../../../api/fetch-json.ts';
import { isPassing } from '../../../api/queries.ts';
import { LIVE, type Moment } from '../../../filter/moment.ts';
import { isFiltered } from '../../../filter/filter-query.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { instantOf, millis } from '../../../format/instants.ts';
import type { LiveFeed } from '../../../live/live-feed.ts';
import { mineOf, openedAtOf, useLiveFeed, useLiveValue } from '../../../live/use-live.ts';
import type { Ask } from './go-to-target.ts';
import { type Neighbour, neighbourOf, type Way } from './neighbour.ts';
import { patiently } from './patiently.ts';
import { endOf, Player, type Speed } from './player.ts';
import type { Axis, StepBy } from './replay-address.ts';
import { type MomentInHand, useMoment } from './use-moment.ts';
import { type Line, wholeMinute } from './use-time-line.ts';

/** What the keys and the buttons of the replay do, all of it with the same hand on the moment. */
export interface Replay extends Omit<MomentInHand, 'go' | 'play' | 'coming'> {
  /** The last event of the log as far as this tab has heard; -1 for an empty log. */
  readonly head: number;
  /** The event at which one stands, the head when live. */
  readonly seq: number;
  readonly playing: boolean;
  readonly speed: Speed;
  /** What a step did not find, or could not ask; that a play waits for the node. */
  readonly missed: Missed | null;
  setSpeed(speed: Speed): void;
  /** A jump, which Back undoes. */
  jump(seq: number): void;
  drag(moment: Moment): void;
  step(way: Way, by?: StepBy): void;
  leap(way: Way): void;
  toEnd(way: Way): void;
  toggle(): void;
}

export type Missed =
  | { readonly error: unknown }
  | { readonly looked: Neighbour; readonly way: Way }
  | typeof PLAY_WAITS;

const PLAY_WAITS = { playWaits: true } as const;

/** Steps of a leap: Shift with an arrow. */
export const LEAP = 100;
const MINUTE_MS = 60_000;

export const ask: Ask = (path, search) => getJson(path, search === undefined ? {} : { search });

export function useReplay(axis: Axis, by: StepBy, line: Line | null): Replay {
  const { filter } = useAddress();
  const head = useLiveValue(mineOf);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(3_600);
  const [missed, setMissed] = useState<Missed | null>(null);
  const hand = useRef<Hand | null>(null);
  const player = useRef<Player | null>(null);
  const starting = useRef(new AbortController());
  const feed = useLiveFeed();
  const stop = () => {
    starting.current.abort();
    player.current?.stop();
    setPlaying(false);
    setMissed(unlessPlayWaits);
  };
  const {
    wanted,
    shown,
    drawn,
    go,
    play: show,
    coming,
  } = useMoment(stop, (error) => {
    // The play itself is about to ask, and waits for the node.
    if (player.current?.isPlaying === true && isPassing(error)) return;
    stop();
    setMissed({ error });
  });
  const seq = wanted.asOf ?? head;
  useEffect(() => {
    hand.current = { show, coming, axis, seq };
  });
  useEffect(() => {
    const own = newPlayer(hand, feed, setPlaying, setMissed);
    player.current = own;
    return () => {
      starting.current.abort();
      own.stop();
    };
  }, [feed]);
  // The node is back: that it could not be reached is true no longer.
  const openedAt = useLiveValue(openedAtOf);
  useEffect(() => setMissed(unlessPassed), [openedAt]);

  const jumpTo = (moment: Moment, how: 'push' | 'replace', next?: Moment) => {
    stop();
    setMissed(null);
    go(moment, how, next);
  };
  const until = (ms: number): Moment => ({
    asOf: seq,
    until: wholeMinute(line === null ? ms : Math.min(line.to, Math.max(line.from, ms))),
  });
  const instantHere = () => (wanted.until === null ? (line?.to ?? 0) : millis(wanted.until));
  const event = (to: number): Moment => ({
    asOf: Math.min(head, Math.max(0, to)),
    until: axis === 'occurred' ? wanted.until : null,
  });
  const play = async () => {
    setMissed(null);
    setPlaying(true);
    if (axis === 'occurred') {
      const end = line?.to ?? 0;
      const here = instantHere();
      return player.current?.start(here >= end ? (line?.from ?? 0) : here, end, speed);
    }
    starting.current = new AbortController();
    const { signal } = starting.current;
    try {
      const begin = seq >= head ? 0 : seq;
      const ends = () =>
        Promise.all([
          ask<LogMoments>('/api/log/moments', new URLSearchParams({ asOf: begin.toString() })),
          ask<LogMoments>('/api/log/moments'),
        ]);
      const [here, whole] = await patiently(ends, feed, playWaits(setMissed), signal);
      const [instant, end] = [endOf(here), endOf(whole)];
      if (instant === null || end === null) return setPlaying(false);
      player.current?.start(instant, end, speed);
    } catch (error) {
      if (signal.aborted) return;
      setPlaying(false);
      setMissed({ error });
    }
  };
  return {
    wanted,
    shown,
    drawn,
    head,
    seq,
    playing,
    speed,
    missed,
    setSpeed: (next) => {
      setSpeed(next);
      player.current?.setSpeed(next);
    },
    jump: (to) => jumpTo(event(to), 'push'),
    drag: (moment) => jumpTo(moment, 'replace'),
    step: (way, how = by) => {
      if (head < 0) return;
      if (axis === 'occurred') return jumpTo(until(instantHere() + way * MINUTE_MS), 'replace');
      if (how === 'event') return jumpTo(event(seq + way), 'replace', event(seq + 2 * way));
      stop();
      setMissed(null);
      const passes = isFiltered(filter) && isFoldable(filter) ? compileFilter(filter) : null;
      void neighbourOf(how, seq, way, head, passes, ask).then(
        (looked) => {
          if ('found' in looked && looked.found !== null) jumpTo(event(looked.found), 'replace');
          else setMissed({ looked, way });
        },
        (error: unknown) => setMissed({ error }),
      );
    },
    leap: (way) => {
      if (head < 0) return;
      if (axis === 'occurred') jumpTo(until(instantHere() + way * LEAP * MINUTE_MS), 'replace');
      else jumpTo(event(seq + way * LEAP), 'replace');
    },
    toEnd: (way) => {
      if (head < 0) return;
      if (axis === 'occurred') jumpTo(until((way === 1 ? line?.to : line?.from) ?? 0), 'replace');
      else jumpTo(event(way === 1 ? head : 0), 'replace');
    },
    toggle: () => {
      if (playing) stop();
      else if (head >= 0) void play();
    },
  };
}

/** What the player needs of the screen as it is now. */
interface Hand {
  readonly axis: Axis;
  readonly seq: number;
  show(moment: Moment): Promise<void>;
  coming(events: readonly number[]): Promise<void>;
}

type SetMissed = Dispatch<SetStateAction<Missed | null>>;

function newPlayer(
  hand: { readonly current: Hand | null },
  feed: LiveFeed,
  setPlaying: (playing: boolean) => void,
  setMissed: SetMissed,
): Player {
  return new Player({
    ask: async (from, to, parts, signal) => {
      if (hand.current?.axis === 'occurred') return minutes(from, to, parts);
      const stretch = async () => {
        const moments = await askMoments(from, to, parts);
        // The clock of the play stands still until what it will show is here.
        await hand.current?.coming(moments.through.filter((seq) => seq >= 0));
        return moments;
      };
      return patiently(stretch, feed, playWaits(setMissed), signal);
    },
    show: async (mark) => {
      if (hand.current === null) return;
      const { axis, seq, show } = hand.current;
      await show(
        axis === 'recorded' ? { asOf: mark, until: null } : { asOf: seq, until: instantOf(mark) },
      );
    },
    ended: (error) => {
      setPlaying(false);
      if (error !== undefined) setMissed({ error });
    },
    now: () => performance.now(),
    after: (ms, act) => {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
  });
}

function playWaits(setMissed: SetMissed) {
  return (waiting: boolean) => setMissed(waiting ? PLAY_WAITS : unlessPlayWaits);
}

function unlessPlayWaits(missed: Missed | null): Missed | null {
  return missed === PLAY_WAITS ? null : missed;
}

function unlessPassed(missed: Missed | null): Missed | null {
  return missed !== null && 'error' in missed && isPassing(missed.error) ? null : missed;
}

function askMoments(from: string, to: string, parts: number): Promise<LogMoments> {
  const search = new URLSearchParams({ from, to, parts: parts.toString() });
  return ask<LogMoments>('/api/log/moments', search);
}

/** In occurred time nothing has to be asked: every instant is its own number, to the minute. */
function minutes(from: string, to: string, parts: number): Promise<LogMoments> {
  const [begin, end] = [millis(from), millis(to)];
  const at = (part: number) => millis(wholeMinute(begin + ((end - begin) * part) / parts));
  const through = Array.from({ length: parts }, (_, part) => at(part + 1));
  return Promise.resolve({ asOf: 0, from, to, before: at(0), through });
}

/** Nothing was asked of the past yet. */
export function isLive({ asOf, until }: Moment): boolean {
  return asOf === LIVE.asOf && until === LIVE.until;
}
