import { reportContent } from '@ceasewatch/domain/observation/observation.report';
import { Refusal } from '@ceasewatch/domain/refusal';
import { testOf } from '@ceasewatch/domain/schema-test';
import { refusedOfIssue } from '@ceasewatch/domain/shape-refusal';
import { importedRowId } from '@ceasewatch/tlog/event-id';
import { nativeSha256 } from '../event-log/native-sha256.ts';
import { refusalInEnglish } from '../in-english.ts';
import type { CsvRow } from './csv-rows.ts';
import { RowRefused } from './import-error.ts';
import { type Layout, NamedRow, quoted, type RowReading } from './layout.ts';
import type { RowKeys } from './row-keys.ts';

/** A row whose observation is known by id, whether it is there already or not. */
export interface IdentifiedRow extends RowReading {
  readonly id: string;
  readonly source: string;
  /** The file has said the same before, with the same key. */
  readonly again: boolean;
}

/** Why a row becomes no observation. */
export interface RowRefusal {
  readonly column?: string;
  readonly reason: string;
  readonly message: string;
}

/**
 * Called in the order of the file. A key that stands twice with different contents is a contradiction
 * within the file: taken for a revision, it would be another one each time the file comes again.
 *
 * @throws RowRefused with the column that cannot be read, `key_twice`
 */
export function readRow(
  layout: Layout,
  header: readonly string[],
  keys: RowKeys,
  row: CsvRow,
): IdentifiedRow {
  const read = layout.read(new NamedRow(header, row));
  refuseMisshapen(read.content);
  const { source } = layout;
  const key = read.key ?? keys.ofCells(row.cells);
  const before =
    read.key === undefined ? 'no' : keys.before(read.key, JSON.stringify(read.content));
  if (before === 'other') {
    const told = `A row before has the key ${quoted(key.join(' '))} too and says something else.`;
    throw new RowRefused(undefined, 'key_twice', told);
  }
  const id = importedRowId(source, key, read.dateMs, nativeSha256);
  return { ...read, source, id, again: before === 'same' };
}

/** Whether a content surely fits; where not, the schema says what is wrong. */
const fits = testOf(reportContent);

function refuseMisshapen(content: RowReading['content']): void {
  if (fits(content)) return;
  const refused = (reportContent.safeParse(content).error?.issues ?? [])
    .slice(0, 1)
    .map(refusedOfIssue);
  if (refused.length === 0) return;
  const said = refused.map(refusalInEnglish).join();
  throw new RowRefused(refused[0]?.field, 'invalid', said);
}

/** What a row is refused for; whatever else went wrong is no refusal and ends the import. */
export function whyOf(error: unknown): RowRefusal {
  if (error instanceof RowRefused) {
    const { column, reason, message } = error;
    return { reason, message, ...(column === undefined ? {} : { column }) };
  }
  if (!(error instanceof Refusal)) throw error;
  const [first] = error.refused;
  const message = error.refused.map(refusalInEnglish).join(' ');
  const column = first?.field === undefined ? {} : { column: first.field };
  return { reason: first?.reason ?? error.code, message, ...column };
}
