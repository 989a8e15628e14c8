import type { Writable } from 'node:stream';

/** Somebody who reads takes something within a minute, over the worst radio link too. */
const PATIENCE_MS = 60_000;

/**
 * Resolves when the reader has taken what was written, or has gone; leaves no listener and no timer
 * behind. Who takes nothing at all is cut off: what is held for him is held from others.
 */
export function roomIn(stream: Writable, patienceMs = PATIENCE_MS): Promise<void> {
  return new Promise((resolve) => {
    const goOn = (): void => {
      clearTimeout(patience);
      stream.off('drain', goOn);
      stream.off('close', goOn);
      resolve();
    };
    const patience = setTimeout(() => stream.destroy(), patienceMs);
    stream.on('drain', goOn);
    stream.on('close', goOn);
  });
}
