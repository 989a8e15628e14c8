import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Viewer } from '@ceasewatch/domain/access/viewer';
import type { Actor } from '@ceasewatch/domain/recorded-event';
import { importedRowId } from '@ceasewatch/tlog/event-id';
import { OpenUnit } from '../centre/centre.commands.ts';
import { AskCentre } from '../centre/centre.queries.ts';
import type { ImportLine } from '../contract/import.ts';
import { isEventLogError } from '../event-log/event-log-error.ts';
import { Traffic } from '../http/traffic.ts';
import { Projector } from '../read-model/projector.ts';
import { ImportError } from './import-error.ts';
import {
  BatchCarrier,
  type BatchCarrying,
  type CarriedBatch,
  type RowLine,
} from './batch-carrier.ts';
import { TableReading, type TableRow } from './table-reading.ts';
import type { SourceUnit } from './row-judge.ts';

/**
 * From a stranger's table to observations, batch by batch in constant memory: nothing invented, nothing
 * lost, nothing twice. A row's id is made from its source and its key, so the same file again finds
 * its rows there, and a row whose content was revised becomes a correction. Every row goes through
 * the command bus like any other report and has its own line of result. Rows are recorded window by window,
 * within one in the order of their ids (`table.worker.ts`), and told in the order of the file.
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

/** An import that is further ahead of the read model than this waits for it: every screen shows the rows. */
const MOST_UNPROJECTED = 512;

@Injectable()
export class Importer {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly projector: Projector,
    private readonly carrier: BatchCarrier,
    private readonly traffic: Traffic,
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
    const reading = new TableReading(file, request);
    try {
      const layout = await reading.layout();
      const count = { read: 0, recorded: 0, corrected: 0, alreadyThere: 0, refused: 0 };
      for await (const line of this.#lines(reading, layout, request)) {
        count.read += 1;
        count[COUNTED_AS[line.result]] += 1;
        yield line;
      }
      await this.projector.whenProjected(this.projector.head());
      yield { summary: { layout: layout.name, dryRun: request.dryRun, ...count } };
    } catch (error) {
      // What was recorded before a table broke off is shown by then, too.
      if (error instanceof ImportError || isEventLogError(error)) {
        await this.projector.whenProjected(this.projector.head());
      }
      throw error;
    } finally {
      await reading.close();
    }
  }

  async *#lines(
    reading: TableReading,
    layout: { readonly source: string },
    request: ImportRequest,
  ): AsyncGenerator<RowLine> {
    const source = await this.#openSource(layout, request);
    const carrying = await this.carrier.begin({ ...request, source });
    let told: RowLine[] = [];
    for await (const { rows, endsWindow } of reading.rows(carrying.judging)) {
      const { lines, failure } = await this.#carried(rows, carrying);
      told.push(...lines);
      // What is in the log is told, whatever else went wrong.
      if (endsWindow || failure !== undefined) {
        yield* told.sort((one, other) => one.row - other.row);
        told = [];
      }
      if (failure !== undefined) throw failure.error;
      await this.projector.whenProjected(this.projector.head() - MOST_UNPROJECTED);
    }
  }

  async #carried(rows: readonly TableRow[], carrying: BatchCarrying): Promise<CarriedBatch> {
    this.traffic.tableRows += rows.length;
    try {
      return await this.carrier.carry(rows, carrying);
    } finally {
      this.traffic.tableRows -= rows.length;
    }
  }

  /** The external source that vouches for the rows is a unit of the centre, opened when first heard of. */
  async #openSource(
    { source }: { readonly source: string },
    { actor, viewer, dryRun }: ImportRequest,
  ): Promise<SourceUnit> {
    const unit = importedRowId(source, ['unit'], 0);
    const { units } = await this.queries.execute(new AskCentre({ viewer }));
    if (!dryRun && !units.some((known) => known.unit === unit)) {
      const command = importedRowId(source, ['unit', 'opened'], 0);
      const opened = { unit, kind: 'external_source', name: source } as const;
      await this.commands.execute(new OpenUnit(actor, command, opened));
    }
    return { unit, name: source };
  }
}

const COUNTED_AS = {
  recorded: 'recorded',
  corrected: 'corrected',
  already_there: 'alreadyThere',
  refused: 'refused',
} as const;
