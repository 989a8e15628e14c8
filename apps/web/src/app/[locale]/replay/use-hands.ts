import { useEffect, useRef, useState } from 'react';
import type { Replay } from './use-replay.ts';

/** What is done to the replay, whatever it shows. */
export type Hands = Pick<
  Replay,
  'jump' | 'drag' | 'step' | 'leap' | 'toEnd' | 'toggle' | 'setSpeed'
>;

/**
 * The hands of the replay as it is when they act. They themselves are the same for as long as the screen
 * lives: what is handed them is not drawn anew with every state that is played.
 */
export function useHands(replay: Hands): Hands {
  const latest = useRef(replay);
  useEffect(() => {
    latest.current = replay;
  });
  const [hands] = useState<Hands>(() => ({
    jump: (seq) => latest.current.jump(seq),
    drag: (moment) => latest.current.drag(moment),
    step: (way, by) => latest.current.step(way, by),
    leap: (way) => latest.current.leap(way),
    toEnd: (way) => latest.current.toEnd(way),
    toggle: () => latest.current.toggle(),
    setSpeed: (speed) => latest.current.setSpeed(speed),
  }));
  return hands;
}
