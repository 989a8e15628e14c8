import { cpSync, rmSync, statSync } from 'node:fs';
import { types } from 'node:util';

/** A thread removes a file of its own now and then, not all the time. */
const MOST_TRIES = 20;

/**
 * Copies what a kill of this process at this instant would leave in a folder. This thread stands still
 * meanwhile, the product's other threads do not: what they carry from a WAL into its file is in the copy
 * of the WAL, which therefore comes first, and when they remove what is about to be copied, all is copied
 * anew.
 */
export function copyAsKilled(folder: string, copy: string): void {
  for (let tried = 1; ; tried += 1) {
    try {
      for (const isTurnOfWal of [true, false]) {
        const isMeant = (path: string): boolean =>
          path.endsWith('-wal') === isTurnOfWal || statSync(path).isDirectory();
        cpSync(folder, copy, { recursive: true, filter: isMeant });
      }
      return;
    } catch (error) {
      if (!isOfVanished(error) || tried === MOST_TRIES) throw error;
      rmSync(copy, { recursive: true, force: true });
    }
  }
}

function isOfVanished(error: unknown): boolean {
  return types.isNativeError(error) && 'code' in error && error.code === 'ENOENT';
}
