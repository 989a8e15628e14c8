import { useKey } from '../../../shell/keys.ts';
import type { Hands } from './use-hands.ts';

/** The keys of the replay; the same as its buttons, and resting while somebody types. */
export function useReplayKeys(hands: Hands): void {
  useKey('.', hands.toggle);
  useKey(' ', hands.toggle);
  useKey('ArrowLeft', () => hands.step(-1));
  useKey('ArrowRight', () => hands.step(1));
  useKey('Shift+ArrowLeft', () => hands.leap(-1));
  useKey('Shift+ArrowRight', () => hands.leap(1));
  useKey('Home', () => hands.toEnd(-1));
  useKey('End', () => hands.toEnd(1));
  useKey('a', hands.pin);
  useKey('d', hands.compare);
}
