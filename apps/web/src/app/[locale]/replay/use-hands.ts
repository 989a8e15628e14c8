import { useEffect, useRef, useState } from 'react';
import type { Replay } from './use-replay.ts';

/** What is done to the replay, whatever it shows. */
export interface Hands extends Pick<
  Replay,
  'jump' | 'drag' | 'step' | 'leap' | 'toEnd' | 'toggle' | 'setSpeed'
> {
  /** Pins the moment that is looked at. */
  pin(): void;
  /** Shows what differs from the pinned moment, or from this one on; and the state again. */
  compare(): void;
}

/**
 * The hands of the replay as it is when they act. They themselves are the same for as long as the screen
 * lives: what is handed them is not drawn anew with every state that is played.
 */
export function useHands(now: Hands): Hands {
  const latest = useRef(now);
  useEffect(() => {
    latest.current = now;
  });
  const [hands] = useState<Hands>(() => ({
    jump: (seq) => latest.current.jump(seq),
    drag: (moment) => latest.current.drag(moment),
    step: (way, by) => latest.current.step(way, by),
    leap: (way) => latest.current.leap(way),
    toEnd: (way) => latest.current.toEnd(way),
    toggle: () => latest.current.toggle(),
    setSpeed: (speed) => latest.current.setSpeed(speed),
    pin: () => latest.current.pin(),
    compare: () => latest.current.compare(),
  }));
  return hands;
}
