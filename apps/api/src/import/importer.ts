import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Viewer } from '@ceasewatch/domain/access/viewer';
import { reportContent } from '@ceasewatch/domain/observation/observation.report';
import type { Actor } from '@ceasewatch/domain/recorded-event';
import { Refusal } from '@ceasewatch/domain/refusal';
import { refusedOfIssue } from '@ceasewatch/domain/shape-refusal';
import { importedRowId } from '@ceasewatch/tlog/event-id';
import { refusalInEnglish } from '../in-english.ts';
import { OpenUnit } from '../centre/centre.commands.ts';
import { AskCentre } from '../centre/centre.queries.ts';
import type { ImportLine } from '../contract.ts';
import { nativeSha256 } from '../event-log/native-sha256.ts';
import { Projector } from '../read-model/projector.ts';
import { type CsvRow, readCsv } from './csv-rows.ts';
import { ImportError, RowRefused } from './import-error.ts';
import { inOrder } from './in-order.ts';
import { chooseLayout } from './known-layouts.ts';
import { type Layout, NamedRow, quoted } from './layout.ts';
import { type Carrying, type IdentifiedRow, RowCarrier } from './row-carrier.ts';
import type { SourceUnit } from './row-judge.ts';
import { RowKeys } from './row-keys.ts';
import { ImportsUnderWay } from './under-way.queries.ts';

/**
 * From a stranger's table to observations, row by row in constant memory: nothing invented, nothing
 * lost, nothing twice. A row's id is made from its source and its key, so the same file again finds
 * its rows there, and a row whose content was revised becomes a correction. Every row goes through
 * the command bus like any other report and has its own line of result.
 */
export interface ImportRequest {
  readonly actor: Actor;
  readonly viewer: Viewer;
  readonly layout?: string | undefined;
  /** Text of a mapping file. */
  readonly mapping?: string | undefined;
  /** Judge every row and append nothing. */
  readonly dryRun: boolean;
  /** Real rows into an exercise only when somebody says so. */
  readonly intoExercise: boolean;
}

type RowLine = Extract<ImportLine, { row: number }>;

/** Rows under way at once: enough to fill the log's grouped commits, little enough to stay fair. */
const ROWS_AT_ONCE = 128;

@Injectable()
export class Importer {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly projector: Projector,
    private readonly carrier: RowCarrier,
    private readonly underWay: ImportsUnderWay,
  ) {}

  /**
   * One result per row in the order of the file, then the summary.
   *
   * @throws ImportError before or between rows, when the file as a whole cannot be read further
   */
  async *run(file: Readable, request: ImportRequest): AsyncGenerator<ImportLine> {
    if (this.projector.exercise && !request.intoExercise) {
      throw new ImportError(
        'exercise_log',
        'This is an exercise: real rows go into it only with --into-exercise (intoExercise=true).',
      );
    }
    const { header, rows } = await readCsv(file);
    const layout = chooseLayout(header, request);
    const carrying = { ...request, source: await this.#openSource(layout, request) };
    const keys = new RowKeys();
    const count = { read: 0, recorded: 0, corrected: 0, alreadyThere: 0, refused: 0 };
    this.underWay.tables += 1;
    try {
      for await (const line of inOrder(rows, ROWS_AT_ONCE, (row) =>
        this.#lineOf(row, layout, header, keys, carrying),
      )) {
        count.read += 1;
        count[COUNTED_AS[line.result]] += 1;
        yield line;
      }
    } finally {
      this.underWay.tables -= 1;
    }
    await this.projector.whenProjected(this.projector.head());
    yield { summary: { layout: layout.name, dryRun: request.dryRun, ...count } };
  }

  /** The external source that vouches for the rows is a unit of the centre, opened when first heard of. */
  async #openSource(
    { source }: Layout,
    { actor, viewer, dryRun }: ImportRequest,
  ): Promise<SourceUnit> {
    const unit = importedRowId(source, ['unit'], 0);
    const { units } = await this.queries.execute(new AskCentre(viewer));
    if (!dryRun && !units.some((known) => known.unit === unit)) {
      const command = importedRowId(source, ['unit', 'opened'], 0);
      const opened = { unit, kind: 'external_source', name: source } as const;
      await this.commands.execute(new OpenUnit(actor, command, opened));
    }
    return { unit, name: source };
  }

  async #lineOf(
    row: CsvRow,
    layout: Layout,
    header: readonly string[],
    keys: RowKeys,
    carrying: Carrying,
  ): Promise<RowLine> {
    const place = { row: row.row, line: row.line };
    this.underWay.rows += 1;
    try {
      const read = readRow(layout, header, keys, row);
      const carried = await this.carrier.carry(read, carrying);
      // In a dry run the row's twin was not recorded, but would have been.
      const result = read.again && carrying.dryRun ? 'already_there' : carried.result;
      return { ...place, ...carried, result };
    } catch (error) {
      return { ...place, result: 'refused', ...whyOf(error) };
    } finally {
      this.underWay.rows -= 1;
    }
  }
}

const COUNTED_AS = {
  recorded: 'recorded',
  corrected: 'corrected',
  already_there: 'alreadyThere',
  refused: 'refused',
} as const;

/**
 * Called in the order of the file. A key that stands twice with different contents is a contradiction
 * within the file: taken for a revision, it would be another one each time the file comes again.
 *
 * @throws RowRefused with the column that cannot be read, `key_twice`
 */
function readRow(
  layout: Layout,
  header: readonly string[],
  keys: RowKeys,
  row: CsvRow,
): IdentifiedRow & { readonly again: boolean } {
  const read = layout.read(new NamedRow(header, row));
  const content = reportContent.safeParse(read.content);
  if (!content.success) {
    const refused = content.error.issues.slice(0, 1).map(refusedOfIssue);
    const said = refused.map(refusalInEnglish).join();
    throw new RowRefused(refused[0]?.field, 'invalid', said);
  }
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

/** What a row is refused for; whatever else went wrong is no refusal and ends the import. */
function whyOf(error: unknown): Pick<RowLine, 'column' | 'reason' | 'message'> {
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
