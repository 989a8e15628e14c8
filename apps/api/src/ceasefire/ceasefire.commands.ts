import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  type CeasefireCommand,
  ceasefireDecider,
} from '@ceasewatch/domain/ceasefire/ceasefire.decider';
import type { Actor } from '@ceasewatch/domain/recorded-event';
import { CentreBook } from '../centre/centre-book.ts';
import { CommandDesk } from '../event-log/command-desk.ts';
import { decideAndAppend } from '../event-log/decide-and-append.ts';
import { AGAINST_NOTHING } from '../event-log/judged-against.ts';

export interface CeasefireReceipt {
  readonly ceasefire: string;
  readonly revision: number;
  readonly recordedAt: string;
  readonly replayed: boolean;
}

type Declared = Extract<CeasefireCommand, { type: 'declare' }>['data'];

/** Declares the ceasefire that this log's centre watches. */
export class DeclareCeasefire extends Command<CeasefireReceipt> {
  constructor(
    readonly actor: Actor,
    readonly data: Declared,
    /** The generator's time, RFC 3339; exercise logs only. */
    readonly at?: string,
  ) {
    super();
  }
}

@CommandHandler(DeclareCeasefire)
export class DeclareCeasefireHandler implements ICommandHandler<DeclareCeasefire> {
  constructor(
    private readonly desk: CommandDesk,
    private readonly book: CentreBook,
  ) {}

  async execute({ actor, data, at }: DeclareCeasefire): Promise<CeasefireReceipt> {
    const ceasefire = this.book.ceasefireId;
    const { revision, recordedAt, outcome } = await decideAndAppend(this.desk, {
      decider: ceasefireDecider,
      subject: `ceasefire/${ceasefire}`,
      commandId: ceasefire,
      actor,
      against: AGAINST_NOTHING,
      command: () => ({ type: 'declare', data }) as const,
      ...(at === undefined ? {} : { at: Date.parse(at) }),
    });
    return { ceasefire, revision, recordedAt, replayed: outcome !== 'appended' };
  }
}

/** What the module of the ceasefire provides. */
export const CEASEFIRE_COMMANDS = [DeclareCeasefireHandler];
