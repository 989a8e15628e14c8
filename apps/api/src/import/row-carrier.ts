import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Viewer } from '@ceasewatch/domain/access/viewer';
import type { ReportContent } from '@ceasewatch/domain/observation/observation.report';
import type { Actor } from '@ceasewatch/domain/recorded-event';
import { canonicalJson } from '@ceasewatch/tlog/canonical-json';
import { importedRowId } from '@ceasewatch/tlog/event-id';
import { isEventLogError } from '../event-log/event-log-error.ts';
import { CorrectObservation, RecordObservation } from '../observation/observation.commands.ts';
import { FindImported, FindObservation } from '../observation/observation.queries.ts';
import { Projector } from '../read-model/projector.ts';
import type { RowReading } from './layout.ts';
import { RowJudge, type SourceUnit, type Verdict } from './row-judge.ts';

/** A row whose observation is known by id, whether it is there already or not. */
export interface IdentifiedRow extends RowReading {
  readonly id: string;
  readonly source: string;
}

export interface Carrying {
  readonly actor: Actor;
  readonly viewer: Viewer;
  readonly dryRun: boolean;
  readonly source: SourceUnit;
}

export interface Carried {
  readonly id: string;
  readonly result: Verdict;
  readonly seq?: number;
}

/**
 * Makes an observation of a row, or a correction of the observation that the row was before. The same
 * row again is the same command again, so it changes nothing.
 */
@Injectable()
export class RowCarrier {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly projector: Projector,
    private readonly judge: RowJudge,
  ) {}

  /** @throws Refusal what any other report would be refused for */
  async carry(row: IdentifiedRow, carrying: Carrying): Promise<Carried> {
    const { actor, viewer, dryRun, source } = carrying;
    const content: ReportContent = {
      ...row.content,
      unit: source.unit,
      origin: 'external',
      via: 'import',
    };
    // A row with a key of its own stays the same row when its source revises the date in its id.
    const known = row.key && (await this.queries.execute(new FindImported(viewer, row.id)));
    const id = known ?? row.id;
    if (dryRun) return { id, result: await this.judge.judge(id, content, actor, source) };
    try {
      const receipt = await this.commands.execute(new RecordObservation(actor, id, content));
      return { id, result: receipt.replayed ? 'already_there' : 'recorded', seq: receipt.seq };
    } catch (error) {
      if (!isEventLogError(error, 'id_reused')) throw error;
    }
    return this.#correct({ ...row, id }, content, carrying);
  }

  async #correct(
    { id, source }: IdentifiedRow,
    content: ReportContent,
    { actor, viewer }: Carrying,
  ): Promise<Carried> {
    // Rows of this very file may be on their way into the read model still.
    await this.projector.whenProjected(this.projector.head());
    const { versions } = await this.queries.execute(new FindObservation(viewer, id));
    const command = importedRowId(source, ['correction', id, canonicalJson(content)], 0);
    const before = versions.find(({ eventId }) => eventId === command);
    if (before !== undefined) return { id, result: 'already_there', seq: before.eventSeq };
    const corrects = versions.at(-1)?.row.version ?? 1;
    const body = { corrects, reason: 'source_revised', content } as const;
    const receipt = await this.commands.execute(new CorrectObservation(actor, command, id, body));
    return { id, result: receipt.replayed ? 'already_there' : 'corrected', seq: receipt.seq };
  }
}
