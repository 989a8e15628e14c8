import { pipeline, type Readable, Transform } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { ImportError } from './import-error.ts';

/**
 * A CSV file as a stream of rows that know where they stood: number of the row, and of the physical
 * line on which it began, because a cell may hold line breaks. The file is hostile input: it must be
 * UTF-8, its rows as long as its header, and no row is ever skipped silently.
 */
const RECORD_BYTES = 256 * 1024;

/** What our own export says of itself before its header; nowhere else is a line passed over. */
const COMMENT = /^# [a-zA-Z]+: /;

export interface CsvRow {
  /** From 1, the header not counted. */
  readonly row: number;
  /** Physical line on which the row begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvFile {
  readonly header: readonly string[];
  readonly rows: AsyncIterable<CsvRow>;
}

/** @throws ImportError `not_utf8`, `no_header`, `column_twice`, `malformed_csv` with the line */
export async function readCsv(input: Readable): Promise<CsvFile> {
  const records = recordsOf(input);
  const first = await records.next();
  if (first.done === true)
    throw new ImportError('no_header', 'The file is empty: it needs a header line.');
  const header = first.value.cells.map((name) => name.trim());
  refuseBadHeader(header);
  return { header, rows: records };
}

async function* recordsOf(input: Readable): AsyncGenerator<CsvRow, void> {
  const parser = parse({
    bom: true,
    info: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: RECORD_BYTES,
  });
  // Whatever breaks upstream destroys the parser with that error, so the loop below throws it.
  pipeline(input, strictUtf8(), parser, (error) => {
    if (error) parser.destroy(error);
  });
  let row = -1;
  let line = 1;
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedRecord>) {
      const begins = line;
      line = info.lines + 1;
      if (row < 0 && COMMENT.test(record[0] ?? '')) continue;
      row += 1;
      if (record.length === 1 && record[0] === '' && row > 0) continue;
      yield { row, line: begins, cells: record };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const at = typeof error['lines'] === 'number' ? error['lines'] : line;
    throw new ImportError('malformed_csv', `Line ${at}: ${error.message}`, at);
  }
}

interface ParsedRecord {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/** Bytes to text; a byte that is no UTF-8 ends the import instead of becoming a question mark. */
function strictUtf8(): Transform {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const decode = (
    chunk: Buffer | undefined,
    done: (error: Error | null, text?: string) => void,
  ): void => {
    try {
      done(null, decoder.decode(chunk, { stream: chunk !== undefined }));
    } catch {
      done(
        new ImportError('not_utf8', 'The file is not UTF-8; save it as UTF-8 and import it again.'),
      );
    }
  };
  return new Transform({
    readableObjectMode: false,
    encoding: 'utf8',
    transform: (chunk: Buffer, _encoding, done) => decode(chunk, done),
    flush: (done) => decode(undefined, done),
  });
}

function refuseBadHeader(header: readonly string[]): void {
  if (header.every((name) => name === '')) {
    throw new ImportError('no_header', 'The first line names no columns.');
  }
  const twice = header.find((name, at) => name !== '' && header.indexOf(name) !== at);
  if (twice !== undefined) {
    throw new ImportError(
      'column_twice',
      `The column ${JSON.stringify(twice)} stands twice in the header.`,
      1,
    );
  }
}
