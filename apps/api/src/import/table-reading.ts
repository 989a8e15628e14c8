import { on } from 'node:events';
import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { ObservationContext } from '@ceasewatch/domain/observation/report-reading';
import type { SealedData } from '../event-log/seal-event.ts';
import { siblingModule, WORKER_OPTIONS } from '../read-model/worker-thread.ts';
import { ImportError, type ImportErrorCode } from './import-error.ts';
import { type RowParcel, unpackRows } from './row-parcel.ts';
import type { IdentifiedRow, RowRefusal } from './row-reading.ts';

/** A row as it comes out of the thread that reads the table. */
export type TableRow = { readonly row: number; readonly line: number } & (
  | { readonly refused: RowRefusal }
  | {
      readonly id: string;
      /** It has a key of its own, and may be there under another date. */
      readonly isKeyed: boolean;
      /** What it says: unpacked for whoever asks, which is nobody where it is simply new. */
      readonly reading: () => IdentifiedRow;
      /** Of a row that was judged to be a new observation. */
      readonly sealed?: SealedData;
    }
);

/** Against what rows are judged, and the unit that tells them. */
export type Judging = ObservationContext & { readonly unit: string };

export type TableOrder =
  | {
      readonly kind: 'begin';
      readonly layout: string | undefined;
      readonly mapping: string | undefined;
    }
  | { readonly kind: 'bytes'; readonly chunk: Uint8Array | null }
  | { readonly kind: 'read'; readonly judging: Judging | undefined }
  | { readonly kind: 'more' };
export type TableNote =
  | { readonly kind: 'bytes' }
  | { readonly kind: 'layout'; readonly name: string; readonly source: string }
  | { readonly kind: 'rows'; readonly parcel: RowParcel; readonly endsWindow: boolean }
  | { readonly kind: 'end' }
  | {
      readonly kind: 'stopped';
      readonly code: ImportErrorCode;
      readonly message: string;
      readonly line: number | undefined;
    };

/** Rows that are carried in together, in whatever order suits the log. */
export interface TableBatch {
  readonly rows: readonly TableRow[];
  /** No row after this batch stands in the file before any that was told by now. */
  readonly endsWindow: boolean;
}

/**
 * A table that a thread reads (`table.worker.ts`): first its layout, then its rows in batches, window by
 * window. Bytes go in and rows come out only as they are asked for, so a table of any length takes the same
 * memory.
 */
export class TableReading {
  readonly #worker: Worker;
  readonly #notes: AsyncIterator<readonly [TableNote]>;
  readonly #bytes: AsyncIterator<unknown>;
  #failure: unknown;

  constructor(
    file: Readable,
    {
      layout,
      mapping,
    }: { readonly layout?: string | undefined; readonly mapping?: string | undefined },
  ) {
    this.#worker = new Worker(siblingModule(import.meta.url, 'table.worker'), {
      ...WORKER_OPTIONS,
      // Rows live briefly: a larger nursery would only be a larger process.
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    this.#notes = on(this.#worker, 'message', { close: ['exit'] }) as AsyncIterator<[TableNote]>;
    this.#bytes = file[Symbol.asyncIterator]();
    this.#order({ kind: 'begin', layout, mapping });
  }

  /** @throws ImportError when the file as a whole cannot be read */
  async layout(): Promise<{ readonly name: string; readonly source: string }> {
    for (;;) {
      const note = await this.#next();
      if (note?.kind === 'layout') return note;
      if (note === undefined) throw new Error('the thread that reads a table has ended');
    }
  }

  /**
   * Its rows, judged where it is said against what.
   *
   * @throws ImportError where the file cannot be read further
   */
  async *rows(judging: Judging | undefined): AsyncGenerator<TableBatch> {
    this.#order({ kind: 'read', judging });
    // While one window is carried in the next is made ready, and no other.
    this.#order({ kind: 'more' });
    for (;;) {
      const note = await this.#next();
      if (note?.kind === 'end') return;
      if (note?.kind !== 'rows') throw new Error('the thread that reads a table has ended');
      const { parcel, endsWindow } = note;
      if (endsWindow) this.#order({ kind: 'more' });
      yield { rows: unpackRows(parcel), endsWindow };
    }
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
    await this.#bytes.return?.();
  }

  async #next(): Promise<Exclude<TableNote, { kind: 'bytes' | 'stopped' }> | undefined> {
    for (;;) {
      const { done, value } = await this.#notes.next();
      if (this.#failure !== undefined) throw this.#failure;
      if (done === true) return undefined;
      const [note] = value;
      if (note.kind === 'stopped') throw new ImportError(note.code, note.message, note.line);
      if (note.kind !== 'bytes') return note;
      void this.#feed();
    }
  }

  async #feed(): Promise<void> {
    try {
      const { done, value } = await this.#bytes.next();
      this.#order({ kind: 'bytes', chunk: done === true ? null : (value as Uint8Array) });
    } catch (error) {
      this.#failure = error;
      await this.#worker.terminate();
    }
  }

  #order(order: TableOrder): void {
    this.#worker.postMessage(order);
  }
}
