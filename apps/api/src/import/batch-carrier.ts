import { Inject, Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { CentreBook } from '../centre/centre-book.ts';
import { CLOCK, type Clock } from '../clock.ts';
import type { ImportLine } from '../contract/import.ts';
import { CommandDesk } from '../event-log/command-desk.ts';
import type { SealedData } from '../event-log/seal-event.ts';
import { RecordJudged } from '../observation/judged-observations.commands.ts';
import { FindImported } from '../observation/observation.queries.ts';
import { type Carried, type Carrying, RowCarrier } from './row-carrier.ts';
import { type IdentifiedRow, whyOf } from './row-reading.ts';
import type { Judging, TableRow } from './table-reading.ts';
import { waitingOutOverload } from './waiting-out.ts';

/**
 * Carries rows in by the batch: what was judged to be new in the thread that read it is recorded with
 * its neighbours in one command; whatever else a row may be is found out one by one (`row-carrier.ts`).
 */
export type RowLine = Extract<ImportLine, { row: number }>;

export interface BatchCarrying extends Carrying {
  readonly judging: Judging | undefined;
  readonly centreRevision: number | undefined;
}

export interface CarriedBatch {
  /** In the order of the rows; a row whose carrying failed has none. */
  readonly lines: readonly RowLine[];
  readonly failure?: { readonly error: unknown };
}

interface NewRow {
  readonly id: string;
  readonly sealed: SealedData;
}

@Injectable()
export class BatchCarrier {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly desk: CommandDesk,
    private readonly book: CentreBook,
    private readonly rowCarrier: RowCarrier,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Against what the rows of a table are judged; those of a dry run are judged one by one. */
  async begin(carrying: Carrying): Promise<BatchCarrying> {
    if (carrying.dryRun) return { ...carrying, judging: undefined, centreRevision: undefined };
    const { actor, source } = carrying;
    const { state, revision } = await this.book.againstCentre().load(this.desk.states);
    const judging = { ...state, now: this.now(), actor, unit: source.unit };
    return { ...carrying, judging, centreRevision: revision };
  }

  async carry(rows: readonly TableRow[], carrying: BatchCarrying): Promise<CarriedBatch> {
    const recorded = await this.#recordNew(await this.#newOnes(rows, carrying), carrying);
    const settled = await Promise.allSettled(
      rows.map(async (each) => {
        const { row, line } = each;
        if ('refused' in each) return { row, line, result: 'refused' as const, ...each.refused };
        const known = recorded.get(each);
        return { row, line, ...(known ?? (await this.#carryOne(each.reading(), carrying))) };
      }),
    );
    const lines = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const failed = settled.find((each) => each.status === 'rejected');
    return failed === undefined ? { lines } : { lines, failure: { error: failed.reason } };
  }

  /** A row with a key may be there under another date; one without is the same only if all of it is. */
  async #newOnes(
    rows: readonly TableRow[],
    { viewer }: BatchCarrying,
  ): Promise<ReadonlyMap<TableRow, NewRow>> {
    const fresh = new Map<TableRow, NewRow>();
    for (const each of rows) {
      if (!('sealed' in each) || each.sealed === undefined) continue;
      const { id, isKeyed, sealed } = each;
      const known = isKeyed ? await this.queries.execute(new FindImported(viewer, id)) : undefined;
      if (known === undefined) fresh.set(each, { id, sealed });
    }
    return fresh;
  }

  async #recordNew(
    fresh: ReadonlyMap<TableRow, NewRow>,
    { actor, centreRevision }: BatchCarrying,
  ): Promise<ReadonlyMap<TableRow, Carried>> {
    const recorded = new Map<TableRow, Carried>();
    if (fresh.size === 0) return recorded;
    const judged = new RecordJudged(actor, centreRevision, [...fresh.values()]);
    const outcomes = await this.commands.execute(judged);
    for (const [at, [row, { id }]] of [...fresh].entries()) {
      const outcome = outcomes[at];
      const first = outcome?.events[0];
      if (outcome === undefined || first === undefined) continue;
      // Of a store that others write to: it is recorded, and counted so, before this node has seen it.
      const seq = first.seq ?? (await this.desk.log.numberOf(first.id));
      const result = outcome.outcome === 'appended' ? 'recorded' : 'already_there';
      recorded.set(row, { id, result, seq });
    }
    return recorded;
  }

  async #carryOne(reading: IdentifiedRow, carrying: Carrying) {
    try {
      const carried = await waitingOutOverload(() => this.rowCarrier.carry(reading, carrying));
      // In a dry run the row's twin was not recorded, but would have been.
      const result = reading.again && carrying.dryRun ? 'already_there' : carried.result;
      return { ...carried, result };
    } catch (error) {
      return { result: 'refused' as const, ...whyOf(error) };
    }
  }
}
