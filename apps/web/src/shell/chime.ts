import { useEffect, useSyncExternalStore } from 'react';
import { useSettings } from '../settings/settings.ts';

/**
 * Two short tones, made here: no file to load, and loud enough to be noticed across a room. A browser
 * lets no sound through before somebody has clicked or pressed a key, so one context is made then and
 * kept; whether it runs can be asked.
 */
let context: AudioContext | undefined;
const listeners = new Set<() => void>();

/** To be called while somebody clicks or presses a key. */
export function unlockSound(): void {
  if (context === undefined) {
    context = new AudioContext();
    context.addEventListener('statechange', () => {
      for (const listener of listeners) listener();
    });
  }
  if (context.state !== 'running') void context.resume();
}

/** Silent while the browser lets no sound through. */
export function chime(): void {
  if (context === undefined) return;
  tone(context, 880, 0);
  tone(context, 660, 0.18);
}

/** Whether a chime would be heard now. */
export function useSoundUnlocked(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => context?.state === 'running',
    () => false,
  );
}

/** Whoever wants sound has it from the first click or key after every load. */
export function useSoundKeeper(): void {
  const { sound } = useSettings();
  useEffect(() => {
    if (!sound) return undefined;
    window.addEventListener('pointerdown', unlockSound);
    window.addEventListener('keydown', unlockSound);
    return () => {
      window.removeEventListener('pointerdown', unlockSound);
      window.removeEventListener('keydown', unlockSound);
    };
  }, [sound]);
}

function tone(playing: AudioContext, frequency: number, after: number): void {
  const oscillator = playing.createOscillator();
  const volume = playing.createGain();
  const at = playing.currentTime + after;
  oscillator.frequency.value = frequency;
  volume.gain.setValueAtTime(0.0001, at);
  volume.gain.exponentialRampToValueAtTime(0.3, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.17);
  oscillator.connect(volume).connect(playing.destination);
  oscillator.start(at);
  oscillator.stop(at + 0.18);
}
