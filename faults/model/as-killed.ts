import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { types } from 'node:util';

/** A thread removes or empties a file of its own now and then, not all the time. */
const MOST_TRIES = 20;

/**
 * Copies what a kill of this process at this instant would leave in a folder. This thread stands still
 * meanwhile, the product's other threads do not: what they carry from a WAL into its file is in the copy
 * of the WAL, which therefore comes first, and when they remove or cut a file that is being copied, all
 * is copied anew. Files are read, not copied by the system: `cpSync` of a file that shrinks never ends.
 */
export function copyAsKilled(folder: string, copy: string): void {
  for (let tried = 1; ; tried += 1) {
    try {
      for (const isTurnOfWal of [true, false]) copyFiles(folder, copy, isTurnOfWal);
      return;
    } catch (error) {
      const hasMoved = error instanceof HasShrunk || isOfVanished(error);
      if (!hasMoved || tried === MOST_TRIES) throw error;
      rmSync(copy, { recursive: true, force: true });
    }
  }
}

function copyFiles(folder: string, copy: string, areWals: boolean): void {
  mkdirSync(copy, { recursive: true });
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const [from, to] = [join(folder, entry.name), join(copy, entry.name)];
    if (entry.isDirectory()) copyFiles(from, to, areWals);
    else if (from.endsWith('-wal') === areWals) copyFile(from, to);
  }
}

function copyFile(from: string, to: string): void {
  const bytes = readFileSync(from);
  if (statSync(from).size < bytes.length) throw new HasShrunk(from);
  writeFileSync(to, bytes);
}

class HasShrunk extends Error {}

function isOfVanished(error: unknown): boolean {
  return types.isNativeError(error) && 'code' in error && error.code === 'ENOENT';
}
