import { Inject, Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Viewer } from '@ceasewatch/domain/access/viewer';
import type { ReportContent } from '@ceasewatch/domain/observation/observation.report';
import type { Actor } from '@ceasewatch/domain/recorded-event';
import { canonicalJson } from '@ceasewatch/tlog/canonical-json';
import { importedRowId } from '@ceasewatch/tlog/event-id';
import type { ObservationVersion } from '../contract/observation.ts';
import { EVENT_LOG, type EventLog } from '../event-log/event-log.ts';
import { isEventLogError } from '../event-log/event-log-error.ts';
import {
  CorrectObservation,
  type LogReceipt,
  RecordObservation,
} from '../observation/observation.commands.ts';
import { FindImported, FindObservation } from '../observation/observation.queries.ts';
import { Projector } from '../read-model/projector.ts';
import { RowJudge, type SourceUnit, type Verdict } from './row-judge.ts';
import type { IdentifiedRow } from './row-reading.ts';

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
 * Makes an observation of a row, or a correction of the observation that the row was before. A row is
 * compared with what its source said last: the same again changes nothing, whatever the centre's own
 * officers corrected meanwhile.
 */
@Injectable()
export class RowCarrier {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly projector: Projector,
    private readonly judge: RowJudge,
    @Inject(EVENT_LOG) private readonly eventLog: EventLog,
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
    const id = known?.id ?? row.id;
    const told =
      known === undefined || known.version === 1 ? undefined : (await this.#told(id, viewer)).last;
    if (dryRun) {
      const revision = told?.row.revision;
      return { id, result: await this.judge.judge(id, content, { actor, source, told: revision }) };
    }
    // A source that revised the row before may also go back to what it said first.
    if (told === undefined || told.row.version === 1) {
      const recorded = await this.#record(id, content, actor);
      if (recorded !== undefined) return recorded;
    }
    return this.#correct({ ...row, id }, content, carrying);
  }

  /** Undefined where the id is another row's content already. */
  async #record(id: string, content: ReportContent, actor: Actor): Promise<Carried | undefined> {
    try {
      const receipt = await this.commands.execute(new RecordObservation(actor, id, content));
      return {
        id,
        result: receipt.replayed ? 'already_there' : 'recorded',
        seq: await this.#numbered(receipt, id),
      };
    } catch (error) {
      if (!isEventLogError(error, 'id_reused')) throw error;
      return undefined;
    }
  }

  async #correct(
    { id, source }: IdentifiedRow,
    content: ReportContent,
    { actor, viewer }: Carrying,
  ): Promise<Carried> {
    // Rows of this very file, or of the same one carried by another node, may be on their way still.
    await this.projector.whenProjected(await this.eventLog.numberOf(id));
    await this.projector.whenProjected(this.projector.head());
    const { last, present } = await this.#told(id, viewer);
    if (last.eventId === revisionId(source, id, last.row.version - 1, content)) {
      return { id, result: 'already_there', seq: last.eventSeq };
    }
    const command = revisionId(source, id, present, content);
    const body = { corrects: present, reason: 'source_revised', content } as const;
    const receipt = await this.commands.execute(new CorrectObservation(actor, command, id, body));
    const seq = await this.#numbered(receipt, command);
    return { id, result: receipt.replayed ? 'already_there' : 'corrected', seq };
  }

  /** A line names the event; an import is in no hurry and waits until this node has numbered it. */
  async #numbered({ seq }: LogReceipt, eventId: string): Promise<number> {
    return seq ?? this.eventLog.numberOf(eventId);
  }

  /** The version that has the source's last word, and the number of the present one. */
  async #told(id: string, viewer: Viewer): Promise<Told> {
    const { versions } = await this.queries.execute(new FindObservation({ viewer }, id));
    // What an officer of the centre corrected since is not what the source says.
    const last = versions.findLast(
      ({ eventType, row }) =>
        eventType === 'observation.recorded.v1' ||
        (eventType === 'observation.corrected.v1' && row.reason === 'source_revised'),
    );
    const present = versions.at(-1);
    if (last === undefined || present === undefined) throw new RangeError(`${id} has no version`);
    return { last, present: present.row.version };
  }
}

interface Told {
  readonly last: ObservationVersion;
  readonly present: number;
}

/** A revision is the same command only where it replaces the same version by the same content. */
function revisionId(source: string, id: string, corrects: number, content: ReportContent): string {
  const key = ['correction', id, `${corrects}`, canonicalJson(content)];
  return importedRowId(source, key, 0);
}
