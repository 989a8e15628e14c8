import { DatabaseSync } from 'node:sqlite';
import { EventLogError } from './event-log-error.ts';
import { failureOf } from './sqlite-failure.ts';

/**
 * One writer per data folder. A small database beside the log is held in an open exclusive
 * transaction for the life of the process: the kernel lets go of it when the process dies, however it
 * dies, so no stale lock is left to be cleaned up.
 */
export class WriterLock {
  readonly #db: DatabaseSync;

  private constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** @throws EventLogError data_folder_in_use */
  static hold(file: string, folder: string): WriterLock {
    const db = new DatabaseSync(file, { timeout: 0 });
    try {
      // Nothing is ever written, and a journal on the disk would need room on it.
      db.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
      return new WriterLock(db);
    } catch (cause) {
      db.close();
      if (failureOf(cause) !== 'in_use') throw cause;
      throw new EventLogError(
        'data_folder_in_use',
        `another process writes to ${folder}: stop it, or choose another folder`,
        { folder },
        { cause },
      );
    }
  }

  release(): void {
    if (this.#db.isOpen) this.#db.close();
  }
}
