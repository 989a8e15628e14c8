import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Viewer } from '@ceasewatch/domain/access/viewer';
import { reportContent, type ReportContent } from '@ceasewatch/domain/observation/observation.report';
import type { Actor } from '@ceasewatch/domain/recorded-event';
import { Refusal } from '@ceasewatch/domain/refusal';
import { canonicalJson } from '@ceasewatch/tlog/canonical-json';
import { importedRowId } from '@ceasewatch/tlog/event-id';
import { AskCentre } from '../centre/centre.queries.ts';
import { OpenUnit } from '../centre/centre.commands.ts';
import type { ImportLine, ImportSummary } from '../contract.ts';
import { isEventLogError } from '../event-log/event-log-error.ts';
import { CorrectObservation, RecordObservation } from '../observation/observation.commands.ts';
import { FindObservation } from '../observation/observation.queries.ts';
import { Projector } from '../read-model/projector.ts';
import { type CsvRow, readCsv } from './csv-rows.ts';
import { ImportError, RowRefused } from './import-error.ts';
import { chooseLayout } from './known-layouts.ts';
import { type Layout, NamedRow, type RowReading } from './layout.ts';
import { RowJudge, type SourceUnit, type Verdict } from './row-judge.ts';
import { RowKeys } from './row-keys.ts';

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

type RowResult = Extract<ImportLine, { row: number }>;
type Outcome = { readonly result: RowResult } | { readonly failure: unknown };

/** Rows under way at once: enough to fill the log's grouped commits, little enough to stay fair. */
const ROWS_IN_FLIGHT = 128;

@Injectable()
export class Importer {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly projector: Projector,
    private readonly judge: RowJudge,
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
    const source = await this.#openSource(layout, request);
    const keys = new RowKeys();
    const count = { read: 0, recorded: 0, corrected: 0, alreadyThere: 0, refused: 0 };
    const inFlight: Promise<Outcome>[] = [];
    const settle = async (first: Promise<Outcome>): Promise<RowResult> => {
      const outcome = await first;
      if ('failure' in outcome) throw outcome.failure;
      const { result: row } = outcome;
      count[COUNTED_AS[row.result]] += 1;
      return row;
    };
    for await (const row of rows) {
      count.read += 1;
      const read = readRow(layout, keys, header, row);
      const carried =
        read instanceof RowRefused ? refused(row, read) : this.#carryIn(row, read, source, request);
      // A failure waits for its turn here: thrown at once it would end the process, not the import.
      inFlight.push(carried.then((result) => ({ result }), (failure: unknown) => ({ failure })));
      if (inFlight.length < ROWS_IN_FLIGHT) continue;
      const first = inFlight.shift();
      if (first !== undefined) yield await settle(first);
    }
    for (const rest of inFlight) yield await settle(rest);
    await this.projector.whenProjected(this.projector.head());
    const summary: ImportSummary = { layout: layout.name, dryRun: request.dryRun, ...count };
    yield { summary };
  }

  /** The external source that vouches for the rows is a unit of the centre, opened when first heard of. */
  async #openSource({ source }: Layout, { actor, viewer, dryRun }: ImportRequest): Promise<SourceUnit> {
    const unit = importedRowId(source, ['unit'], 0);
    const { units } = await this.queries.execute(new AskCentre(viewer));
    if (!dryRun && !units.some((known) => known.unit === unit)) {
      const command = importedRowId(source, ['unit', 'opened'], 0);
      const opened = { unit, kind: 'external_source', name: source } as const;
      await this.commands.execute(new OpenUnit(actor, command, opened));
    }
    return { unit, name: source };
  }

  async #carryIn(
    { row, line }: CsvRow,
    read: IdentifiedRow,
    source: SourceUnit,
    request: ImportRequest,
  ): Promise<RowResult> {
    const { id } = read;
    const content: ReportContent = {
      ...read.content,
      unit: source.unit,
      origin: 'external',
      via: 'import',
    };
    try {
      if (request.dryRun) {
        const result = await this.judge.judge(id, content, request.actor, source);
        return { row, line, result, id };
      }
      return { row, line, id, ...(await this.#record(read, content, request)) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const [first] = error.refused;
      const why = { reason: first?.reason ?? error.code, message: error.message };
      const column = first?.field === undefined ? {} : { column: first.field };
      return { row, line, result: 'refused', id, ...why, ...column };
    }
  }

  async #record(
    { id, dateMs, source }: IdentifiedRow,
    content: ReportContent,
    { actor, viewer }: ImportRequest,
  ): Promise<{ result: Verdict; seq: number }> {
    try {
      const receipt = await this.commands.execute(new RecordObservation(actor, id, content));
      return { result: receipt.replayed ? 'already_there' : 'recorded', seq: receipt.seq };
    } catch (error) {
      if (!isEventLogError(error, 'id_reused')) throw error;
    }
    // The row is known with other content: its source revised it. Rows under way may stand before it.
    await this.projector.whenProjected(this.projector.head());
    const { versions } = await this.queries.execute(new FindObservation(viewer, id));
    const corrects = versions.at(-1)?.row.version ?? 1;
    const command = importedRowId(source, ['correction', id, canonicalJson(content)], dateMs);
    const body = { corrects, reason: 'source_revised', content } as const;
    const receipt = await this.commands.execute(new CorrectObservation(actor, command, id, body));
    return { result: receipt.replayed ? 'already_there' : 'corrected', seq: receipt.seq };
  }
}

const COUNTED_AS = {
  recorded: 'recorded',
  corrected: 'corrected',
  already_there: 'alreadyThere',
  refused: 'refused',
} as const;

interface IdentifiedRow extends RowReading {
  readonly id: string;
  readonly source: string;
}

function readRow(
  layout: Layout,
  keys: RowKeys,
  header: readonly string[],
  row: CsvRow,
): IdentifiedRow | RowRefused {
  try {
    const read = layout.read(new NamedRow(header, row));
    const content = reportContent.safeParse(read.content);
    if (!content.success) {
      const [issue] = content.error.issues;
      return new RowRefused(issue?.path.join('.'), 'invalid', `${issue?.path.join('.')}: ${issue?.message}`);
    }
    const key = read.key ?? keys.ofCells(row.cells);
    return { ...read, source: layout.source, id: importedRowId(layout.source, key, read.dateMs) };
  } catch (error) {
    if (error instanceof RowRefused) return error;
    throw error;
  }
}

async function refused({ row, line }: CsvRow, { column, reason, message }: RowRefused): Promise<RowResult> {
  return { row, line, result: 'refused', reason, message, ...(column === undefined ? {} : { column }) };
}
