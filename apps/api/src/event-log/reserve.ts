import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync, statfsSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../error-code.ts';
import { OWNER_ONLY } from './data-folder.ts';
import type { WriterLock } from './sqlite-writer-lock.ts';

/**
 * Room on the disk that only a start may use: a file beside the log, which a start removes first of all and
 * writes again once everything is open. SQLite makes files before it can so much as read, so without it a
 * node whose disk filled up while it was stopped would serve nobody. As long as it cannot be written again
 * the disk counts as full: what is left of it is for those who read (rows that were behind, who looked at
 * what), never for reports.
 */
export const RESERVE_FILE = 'reserve';

/** A start needs some 150 KB; the rest is for rows that are behind, or that are built anew for a short log. */
const RESERVE_BYTES = 4 * 1_048_576;
/** Beside it there has to be something to record on, or the next report would say that the disk is full. */
const LEFT_BYTES = 1_048_576;
/** Of chance, so that no file system makes it smaller. */
const BLOCK_BYTES = 1_048_576;

export class Reserve {
  readonly #folder: string;
  readonly #file: string;
  #isWhole = false;

  /** @param folder which whoever calls the rest has to hold */
  constructor(folder: string) {
    this.#folder = folder;
    this.#file = join(folder, RESERVE_FILE);
  }

  release(): void {
    this.#isWhole = false;
    if (existsSync(this.#file)) unlinkSync(this.#file);
  }

  /** Whether it is there, written now if need be: all of it, or nothing where there is no room for all. */
  fill(): boolean {
    if (this.#isWhole) return true;
    // Asked before every commit as long as the disk is full, so nothing is written in vain.
    const { bavail, bsize } = statfsSync(this.#folder);
    if (bavail * bsize < RESERVE_BYTES + LEFT_BYTES) return false;
    this.#write();
    if (!this.#isWhole) this.release();
    return this.#isWhole;
  }

  /**
   * As much of it as there is room for, once everything is closed: what a stop frees is what the next start
   * needs, and nobody else may take it.
   */
  keep(): void {
    if (this.#isWhole) return;
    try {
      this.#write();
    } catch (error) {
      // Of a disk that may only be read nothing was freed, and whoever opened the log has said so.
      if (!hasCode(error, 'EROFS')) throw error;
    }
  }

  #write(): void {
    const block = randomBytes(BLOCK_BYTES);
    let written = 0;
    let descriptor: number | undefined;
    try {
      descriptor = openSync(this.#file, 'w', OWNER_ONLY.file);
      while (written < RESERVE_BYTES) {
        const most = Math.min(block.length, RESERVE_BYTES - written);
        written += writeSync(descriptor, block, 0, most);
      }
    } catch (error) {
      if (!hasCode(error, 'ENOSPC', 'EDQUOT')) throw error;
    } finally {
      if (descriptor !== undefined) closeSync(descriptor);
    }
    this.#isWhole = written === RESERVE_BYTES;
  }
}

/** What lets go of a folder once its files are closed, with a reserve for the next start; once only. */
export function lettingGo(lock: WriterLock | undefined, reserve: Reserve | undefined): () => void {
  let held = lock;
  return () => {
    if (held === undefined) return;
    const last = held;
    held = undefined;
    try {
      reserve?.keep();
    } finally {
      last.release();
    }
  };
}
