import { useKey } from '../../../shell/keys.ts';
import type { Replay } from './use-replay.ts';

/** The keys of the replay; the same as its buttons, and resting while somebody types. */
export function useReplayKeys(replay: Replay, pin: () => void, compare: () => void): void {
  useKey('.', replay.toggle);
  useKey(' ', replay.toggle);
  useKey('ArrowLeft', () => replay.step(-1));
  useKey('ArrowRight', () => replay.step(1));
  useKey('Shift+ArrowLeft', () => replay.leap(-1));
  useKey('Shift+ArrowRight', () => replay.leap(1));
  useKey('Home', () => replay.toEnd(-1));
  useKey('End', () => replay.toEnd(1));
  useKey('a', pin);
  useKey('d', compare);
}
