import type { ReportContent } from '@ceasewatch/domain/observation/observation.report';
import type { CsvRow } from './csv-rows.ts';
import { RowRefused } from './import-error.ts';

/**
 * A layout turns a row of somebody else's table into a report, and says what identifies the row. It
 * knows columns, not the log: it never invents a place, a time or a number that the row does not have.
 */
export interface Layout {
  readonly name: string;
  /** Who vouches for the rows: becomes an external source's unit, and part of every row's id. */
  readonly source: string;
  recognises(header: readonly string[]): boolean;
  /** @throws RowRefused with the column that cannot be read */
  read(row: NamedRow): RowReading;
}

export interface RowReading {
  /** The row's own key, which stays when its content is revised; absent, all its cells are its key. */
  readonly key?: readonly string[];
  /** Milliseconds since 1970 of the day it happened: the time prefix of its id. */
  readonly dateMs: number;
  readonly content: Omit<ReportContent, 'unit' | 'origin' | 'via'>;
}

/** A row whose cells are asked for by the header's names. */
export class NamedRow {
  readonly row: CsvRow;
  readonly #header: readonly string[];

  constructor(header: readonly string[], row: CsvRow) {
    this.#header = header;
    this.row = row;
    if (row.cells.length !== header.length) {
      throw new RowRefused(
        undefined,
        'wrong_number_of_cells',
        `The row has ${row.cells.length} cells, the header ${header.length}.`,
      );
    }
  }

  /** The same row with every cell undone first, of a table whose writer wraps them. */
  undone(undo: (cell: string) => string): NamedRow {
    return new NamedRow(this.#header, { ...this.row, cells: this.row.cells.map(undo) });
  }

  /** The trimmed cell, empty if the layout has no such column. */
  text(column: string): string {
    return this.row.cells[this.#header.indexOf(column)]?.trim() ?? '';
  }

  /** @throws RowRefused `missing` */
  required(column: string): string {
    const text = this.text(column);
    if (text === '') throw new RowRefused(column, 'missing', `${column} is empty.`);
    return text;
  }

  /** A plain decimal number with a point. @throws RowRefused `missing`, `not_a_number` */
  number(column: string): number {
    const text = this.required(column);
    if (!/^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) {
      throw new RowRefused(
        column,
        'not_a_number',
        `${column} must be a number, not ${quoted(text)}.`,
      );
    }
    return Number(text);
  }

  /** A whole number, not negative. @throws RowRefused */
  whole(column: string): number {
    const value = this.number(column);
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new RowRefused(
        column,
        'not_a_whole_number',
        `${column} must be a whole number, not ${value}.`,
      );
    }
    return value;
  }
}

/** Text of a cell for a message: short, and on one line. */
export function quoted(text: string): string {
  return JSON.stringify(shortened(text, 60));
}

/** A place name is one public line; a longer list of places is cut here and whole in the narrative. */
export function placeNameOf(text: string): string {
  return shortened(text.normalize('NFC'), 200);
}

/** At most so many UTF-16 units, as lengths are counted everywhere, and never half of a character. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`;
}
