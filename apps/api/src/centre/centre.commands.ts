import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type CentreCommand, centreDecider } from '@ceasewatch/domain/centre/centre.decider';
import type { CentreFile } from '@ceasewatch/domain/centre/centre-file';
import type { Actor } from '@ceasewatch/domain/recorded-event';
import { CommandDesk } from '../event-log/command-desk.ts';
import { decideAndAppend } from '../event-log/decide-and-append.ts';
import { AGAINST_NOTHING } from '../event-log/judged-against.ts';
import { CentreBook } from './centre-book.ts';

/** What a change of the centre is answered with. */
export interface CentreReceipt {
  readonly revision: number;
  readonly recordedAt: string;
  readonly replayed: boolean;
}

/** Founds the one centre of this log; the same file again changes nothing. */
export class FoundCentre extends Command<CentreReceipt> {
  constructor(
    readonly actor: Actor,
    readonly file: CentreFile,
    /** The generator's time, RFC 3339; exercise logs only. */
    readonly at?: string,
  ) {
    super();
  }
}

/** Opens, moves or closes a unit, defines or revises an area, enrols an officer … */
export class ChangeCentre extends Command<CentreReceipt> {
  constructor(
    readonly actor: Actor,
    readonly id: string,
    readonly change: Exclude<CentreCommand, { type: 'found' }>,
    readonly at?: string,
  ) {
    super();
  }
}

@CommandHandler(FoundCentre)
export class FoundCentreHandler implements ICommandHandler<FoundCentre> {
  constructor(
    private readonly desk: CommandDesk,
    private readonly book: CentreBook,
  ) {}

  execute({ actor, file, at }: FoundCentre): Promise<CentreReceipt> {
    return append(this.desk, this.book, actor, this.book.centreId, { type: 'found', file }, at);
  }
}

@CommandHandler(ChangeCentre)
export class ChangeCentreHandler implements ICommandHandler<ChangeCentre> {
  constructor(
    private readonly desk: CommandDesk,
    private readonly book: CentreBook,
  ) {}

  execute({ actor, id, change, at }: ChangeCentre): Promise<CentreReceipt> {
    return append(this.desk, this.book, actor, id, change, at);
  }
}

/** What the module of the centre provides. */
export const CENTRE_COMMANDS = [FoundCentreHandler, ChangeCentreHandler];

async function append(
  desk: CommandDesk,
  book: CentreBook,
  actor: Actor,
  commandId: string,
  command: CentreCommand,
  at: string | undefined,
): Promise<CentreReceipt> {
  const { revision, recordedAt, outcome } = await decideAndAppend(desk, {
    decider: centreDecider,
    subject: `centre/${book.centreId}`,
    commandId,
    actor,
    against: AGAINST_NOTHING,
    command: () => command,
    ...(at === undefined ? {} : { at: Date.parse(at) }),
  });
  return { revision, recordedAt, replayed: outcome !== 'appended' };
}
