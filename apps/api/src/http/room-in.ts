import type { Writable } from 'node:stream';

/** Resolves when the reader has taken what was written, or has gone; leaves no listener behind. */
export function roomIn(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const goOn = (): void => {
      stream.off('drain', goOn);
      stream.off('close', goOn);
      resolve();
    };
    stream.on('drain', goOn);
    stream.on('close', goOn);
  });
}
