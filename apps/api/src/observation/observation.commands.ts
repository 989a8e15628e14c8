import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  type ObservationCommand,
  observationDecider,
} from '@ceasewatch/domain/observation/observation.decider';
import type {
  ObservationCorrection,
  ObservationReinstatement,
  ObservationRetraction,
  ReportContent,
} from '@ceasewatch/domain/observation/observation.report';
import { type ReadReport, readReport } from '@ceasewatch/domain/observation/report-reading';
import type { Actor } from '@ceasewatch/domain/recorded-event';
import type { Warning } from '@ceasewatch/domain/refusal';
import { CentreBook } from '../centre/centre-book.ts';
import type { Receipt, ToldWarning } from '../contract/observation.ts';
import { warningInEnglish } from '../in-english.ts';
import { CommandDesk } from '../event-log/command-desk.ts';
import { decideAndAppend } from '../event-log/decide-and-append.ts';

/**
 * Everything that can be done with an observation. A handler only says which stream, which command and
 * which version follows; the rules are the decider's, the loading and appending is `decideAndAppend`.
 */

/** A receipt as the log can give it; the short number is the read model's. */
export type LogReceipt = Omit<Receipt, 'number' | 'seq'> & {
  /** `null`: recorded, and not yet numbered by this node. */
  readonly seq: number | null;
  /** The first answer again: this command was known. */
  readonly replayed: boolean;
};

export class RecordObservation extends Command<LogReceipt> {
  constructor(
    readonly actor: Actor,
    /** The command's id, and so the observation's. */
    readonly id: string,
    readonly body: ReportContent,
    /** The generator's time, RFC 3339; exercise logs only. */
    readonly at?: string,
  ) {
    super();
  }
}

export class CorrectObservation extends Command<LogReceipt> {
  constructor(
    readonly actor: Actor,
    readonly id: string,
    readonly observation: string,
    readonly body: Omit<ObservationCorrection, 'id'>,
    readonly expectedRevision?: number,
    readonly at?: string,
  ) {
    super();
  }
}

export class RetractObservation extends Command<LogReceipt> {
  constructor(
    readonly actor: Actor,
    readonly id: string,
    readonly observation: string,
    readonly body: Omit<ObservationRetraction, 'id'>,
    readonly expectedRevision?: number,
    readonly at?: string,
  ) {
    super();
  }
}

export class ReinstateObservation extends Command<LogReceipt> {
  constructor(
    readonly actor: Actor,
    readonly id: string,
    readonly observation: string,
    readonly body: Omit<ObservationReinstatement, 'id'>,
    readonly expectedRevision?: number,
    readonly at?: string,
  ) {
    super();
  }
}

@CommandHandler(RecordObservation)
export class RecordObservationHandler implements ICommandHandler<RecordObservation> {
  constructor(
    private readonly desk: CommandDesk,
    private readonly book: CentreBook,
  ) {}

  execute({ body, ...asked }: RecordObservation): Promise<LogReceipt> {
    const { id, at } = asked;
    const command = { type: 'record', body } as const;
    return append(this.desk, this.book, { ...asked, observation: id, at, command, version: 1 });
  }
}

@CommandHandler(CorrectObservation)
export class CorrectObservationHandler implements ICommandHandler<CorrectObservation> {
  constructor(
    private readonly desk: CommandDesk,
    private readonly book: CentreBook,
  ) {}

  execute({ body, ...asked }: CorrectObservation): Promise<LogReceipt> {
    const command = { type: 'correct', body } as const;
    return append(this.desk, this.book, { ...asked, command, version: body.corrects + 1 });
  }
}

@CommandHandler(RetractObservation)
export class RetractObservationHandler implements ICommandHandler<RetractObservation> {
  constructor(
    private readonly desk: CommandDesk,
    private readonly book: CentreBook,
  ) {}

  execute({ body, ...asked }: RetractObservation): Promise<LogReceipt> {
    const command = { type: 'retract', body } as const;
    return append(this.desk, this.book, { ...asked, command, version: body.retracts });
  }
}

@CommandHandler(ReinstateObservation)
export class ReinstateObservationHandler implements ICommandHandler<ReinstateObservation> {
  constructor(
    private readonly desk: CommandDesk,
    private readonly book: CentreBook,
  ) {}

  execute({ body, ...asked }: ReinstateObservation): Promise<LogReceipt> {
    const command = { type: 'reinstate', body } as const;
    return append(this.desk, this.book, { ...asked, command, version: body.reinstates });
  }
}

/** What the module of observations provides. */
export const OBSERVATION_COMMANDS = [
  RecordObservationHandler,
  CorrectObservationHandler,
  RetractObservationHandler,
  ReinstateObservationHandler,
];

type WithoutContext<Command> = Command extends unknown ? Omit<Command, 'context' | 'read'> : never;

interface Asked {
  readonly actor: Actor;
  readonly id: string;
  readonly observation: string;
  readonly expectedRevision?: number | undefined;
  readonly at?: string | undefined;
  readonly command: WithoutContext<ObservationCommand>;
  /** The version of which the receipt speaks. */
  readonly version: number;
}

async function append(desk: CommandDesk, book: CentreBook, asked: Asked): Promise<LogReceipt> {
  const { actor, id, observation, expectedRevision, at, command } = asked;
  const subject = `observation/${observation}`;
  // What the last attempt read: its warnings are told again with every replay, because they are judged
  // with the centre and the time of then.
  let reading: ReadReport | undefined;
  const read: typeof readReport = (body, context) => (reading = readReport(body, context));
  const decided = await decideAndAppend(desk, {
    decider: observationDecider,
    subject,
    commandId: id,
    actor,
    against: book.againstCentre(),
    command: ({ now, against: { centre, ceasefire } }): ObservationCommand => ({
      ...command,
      context: { centre, ceasefire, now, actor },
      read,
    }),
    ...(expectedRevision === undefined ? {} : { expectedRevision }),
    ...(at === undefined ? {} : { at: Date.parse(at) }),
  });
  const { stream, revision, seq, recordedAt, outcome } = decided;
  return {
    id: observation,
    stream,
    version:
      outcome === 'unchanged' ? await standingVersion(desk, subject, revision) : asked.version,
    revision,
    seq,
    recordedAt,
    warnings: reading?.warnings.map(told) ?? [],
    replayed: outcome !== 'appended',
  };
}

/** Where nothing was to be changed no version was made, whichever one the command wanted to replace. */
async function standingVersion(
  desk: CommandDesk,
  subject: string,
  revision: number,
): Promise<number> {
  const { state } = await desk.states.loadAsOf(subject, observationDecider, revision);
  if (state.status === 'none') throw new RangeError(`${subject} has no version`);
  return state.version;
}

function told(warning: Warning): ToldWarning {
  return { ...warning, message: warningInEnglish(warning) };
}
