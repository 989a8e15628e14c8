import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type CentreCommand, centreDecider } from '@ceasewatch/domain/centre/centre.decider';
import type { CentreFile } from '@ceasewatch/domain/centre/centre-file';
import { formatInstant } from '@ceasewatch/domain/measure/instant';
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

type Opened = Extract<CentreCommand, { type: 'open_unit' }>['data'];

/** Opens a unit, without `from` as of the time that is recorded: an importer's external source. */
export class OpenUnit extends Command<CentreReceipt> {
  constructor(
    readonly actor: Actor,
    readonly id: string,
    readonly unit: Omit<Opened, 'from'> & { readonly from?: string },
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
    const command = { type: 'found', file } as const;
    return append(this.desk, this.book, actor, this.book.centreId, () => command, at);
  }
}

@CommandHandler(ChangeCentre)
export class ChangeCentreHandler implements ICommandHandler<ChangeCentre> {
  constructor(
    private readonly desk: CommandDesk,
    private readonly book: CentreBook,
  ) {}

  execute({ actor, id, change, at }: ChangeCentre): Promise<CentreReceipt> {
    return append(this.desk, this.book, actor, id, () => change, at);
  }
}

@CommandHandler(OpenUnit)
export class OpenUnitHandler implements ICommandHandler<OpenUnit> {
  constructor(
    private readonly desk: CommandDesk,
    private readonly book: CentreBook,
  ) {}

  execute({ actor, id, unit, at }: OpenUnit): Promise<CentreReceipt> {
    const command = (now: number): CentreCommand => ({
      type: 'open_unit',
      data: { ...unit, from: unit.from ?? formatInstant(now) },
    });
    return append(this.desk, this.book, actor, id, command, at);
  }
}

/** What the module of the centre provides. */
export const CENTRE_COMMANDS = [FoundCentreHandler, ChangeCentreHandler, OpenUnitHandler];

async function append(
  desk: CommandDesk,
  book: CentreBook,
  actor: Actor,
  commandId: string,
  command: (now: number) => CentreCommand,
  at: string | undefined,
): Promise<CentreReceipt> {
  const { revision, recordedAt, outcome } = await decideAndAppend(desk, {
    decider: centreDecider,
    subject: `centre/${book.centreId}`,
    commandId,
    actor,
    against: AGAINST_NOTHING,
    command: ({ now }) => command(now),
    ...(at === undefined ? {} : { at: Date.parse(at) }),
  });
  return { revision, recordedAt, replayed: outcome !== 'appended' };
}
