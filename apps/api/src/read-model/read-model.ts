import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { Injectable } from '@nestjs/common';
import type { Projection } from './projection.ts';
import { isDamage } from './damage.ts';
import { ReadModelError } from './read-model-error.ts';
import { RowsCheck } from './rows-check.ts';
import type { Waiting } from './question-queue.ts';
import { MOST_WIDE_QUESTIONS, WideReader, type WideRow } from './wide-reader.ts';

/**
 * This node's own picture of the log: a SQLite file that nobody else writes and that can be thrown away
 * at any time. Every question goes through `read` or `wide`, which know whether there is a file to read
 * and tell the projector when it turns out to be damaged.
 */
export interface ReadModelSettings {
  /** The data folder, in which the log lies too. */
  readonly folder: string;
  readonly projections: readonly Projection[];
  /** Told once of what stops the read model for good or for now, or of a listener that threw. */
  readonly onFailure?: (failure: unknown, state: string) => void;
}

@Injectable()
export class ReadModel {
  #db: DatabaseSync | undefined;
  #file: string | undefined;
  #wide: WideReader | undefined;
  #check: RowsCheck | undefined;
  #onDamage: (error: unknown) => void = () => undefined;

  constructor(readonly settings: ReadModelSettings) {}

  /**
   * Asks something of the rows as they are now, on this thread: point reads and short ranges.
   *
   * @throws ReadModelError rebuilding
   */
  read<Answer>(ask: (db: DatabaseSync) => Answer): Answer {
    const db = this.#db;
    if (db === undefined) throw rebuilding();
    try {
      return ask(db);
    } catch (error) {
      throw this.meet(error);
    }
  }

  /**
   * Runs a statement that may walk over many rows, in another thread. It sees at least what was
   * committed before it was asked, so it needs its own `asOf`.
   *
   * @throws ReadModelError rebuilding, overloaded; the signal's reason
   */
  async wide(
    sql: string,
    values: readonly SQLInputValue[],
    signal?: AbortSignal,
  ): Promise<readonly WideRow[]> {
    this.#wide ??= this.#openWide();
    return this.#wide.all(sql, values, signal);
  }

  /** Wide questions that wait for their thread. */
  get waiting(): Waiting {
    return this.#wide?.waiting ?? { length: 0, limit: MOST_WIDE_QUESTIONS };
  }

  #openWide(): WideReader {
    const wide = new WideReader(
      this.file,
      (error) => this.meet(error),
      () => {
        if (this.#wide === wide) this.#wide = undefined;
      },
    );
    return wide;
  }

  /** Path of the file in use, for threads that read it themselves. @throws ReadModelError rebuilding */
  get file(): string {
    if (this.#file === undefined) throw rebuilding();
    return this.#file;
  }

  get isReadable(): boolean {
    return this.#db !== undefined;
  }

  /** The projector's: puts a file into use, closing the one before. What was not checked is, from now on. */
  use(db: DatabaseSync, file: string, isChecked: boolean): void {
    this.close();
    if (!isChecked) this.#check = new RowsCheck(file, (error) => this.#meetInRows(error));
    this.#db = db;
    this.#file = file;
  }

  /** What a thread met in the file, which may be damage. Returns what to tell whoever asked. */
  meet(error: unknown): unknown {
    if (!isDamage(error)) return error;
    this.#onDamage(error);
    return rebuilding(error);
  }

  #meetInRows(error: unknown): void {
    if (isDamage(error)) this.#onDamage(error);
    else this.settings.onFailure?.(error, 'unchecked');
  }

  /** The projector's: what to do when a question meets a damaged file. */
  whenDamaged(act: (error: unknown) => void): void {
    this.#onDamage = act;
  }

  close(): void {
    this.#wide?.close(rebuilding());
    this.#wide = undefined;
    this.#check?.close();
    this.#check = undefined;
    if (this.#db?.isOpen === true) this.#db.close();
    this.#db = undefined;
    this.#file = undefined;
  }
}

function rebuilding(cause?: unknown): ReadModelError {
  return new ReadModelError('rebuilding', 'The read model is being built anew from the log.', {
    cause,
  });
}
