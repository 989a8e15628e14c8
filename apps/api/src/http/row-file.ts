import type { Response } from 'express';
import { csvLine, type CsvValue } from './csv.ts';
import { roomIn } from './room-in.ts';

/**
 * Rows as files: one row is one piece of text, so a file of any length needs the memory of one row.
 * docs/export-format.md describes them.
 */
export interface RowFormat<Row> {
  readonly type: string;
  /** What the file is of, and how its rows begin. */
  readonly head: (told: Told) => string;
  readonly row: (row: Row, first: boolean) => string;
  readonly tail: (rows: number) => string;
}

/** What a file says of itself: never the time of writing, so two nodes write the same bytes. */
export type Told = Readonly<Record<string, string | boolean | null | ToldMoment>>;

/** The last event known at a moment, and when it was recorded; null before the first event. */
interface ToldMoment {
  readonly seq: number;
  readonly time: string | null;
}

export type CsvColumn<Row> = readonly [name: string, value: (row: Row) => CsvValue];

export function csvFormat<Row>(columns: readonly CsvColumn<Row>[]): RowFormat<Row> {
  return {
    type: 'text/csv; charset=utf-8',
    head: (told) => commentsOf(told) + csvLine(columns.map(([name]) => name)),
    row: (row) => csvLine(columns.map(([, value]) => value(row))),
    tail: () => '',
  };
}

/** No value holds a comma, a quote or a line's end, so a comment is one cell and begins no other. */
function commentsOf(told: Told): string {
  return Object.entries(told)
    .map(([name, value]) => `# ${name}: ${commentOf(value)}\r\n`)
    .join('');
}

function commentOf(value: Told[string]): string {
  if (value === null || typeof value !== 'object') return `${value ?? ''}`;
  return value.time === null ? 'before the first event' : `event ${value.seq} of ${value.time}`;
}

export const NDJSON: RowFormat<object> = {
  type: 'application/x-ndjson; charset=utf-8',
  head: (told) => `${JSON.stringify({ export: 'head', ...told })}\n`,
  row: (row) => `${JSON.stringify(row)}\n`,
  tail: (rows) => `${JSON.stringify({ export: 'end', rows })}\n`,
};

/** The same rows or pieces, the first read already: what cannot be read is refused before a file has begun. */
export async function begun<Row>(rows: AsyncIterable<Row>): Promise<AsyncIterable<Row>> {
  const reading = rows[Symbol.asyncIterator]();
  const first = await reading.next();
  return goneOn(first, reading);
}

async function* goneOn<Row>(
  first: IteratorResult<Row, unknown>,
  reading: AsyncIterator<Row>,
): AsyncGenerator<Row, void, void> {
  try {
    for (let next = first; next.done !== true; next = await reading.next()) yield next.value;
  } finally {
    // Whoever stops reading ends what was being read.
    await reading.return?.();
  }
}

/** Written at once: small enough to hold, large enough not to pay for each row. */
const PIECE_CHARS = 32 * 1024;

/** Whoever reads slowly holds up this file only: the next rows are not read before these went. */
export async function sendRows<Row>(
  response: Response,
  name: string,
  format: RowFormat<Row>,
  { told, rows }: { readonly told: Told; readonly rows: AsyncIterable<Row> },
): Promise<void> {
  response.setHeader('Content-Type', format.type);
  response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  let piece = format.head(told);
  let written = 0;
  for await (const row of rows) {
    if (response.destroyed) return;
    piece += format.row(row, written === 0);
    written += 1;
    if (piece.length < PIECE_CHARS) continue;
    if (!response.write(piece)) await roomIn(response);
    piece = '';
  }
  response.end(piece + format.tail(written));
}
