import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Actor } from '@ceasewatch/domain/recorded-event';
import { CentreBook } from '../centre/centre-book.ts';
import { appendBeginnings } from '../event-log/append-beginnings.ts';
import { CommandDesk } from '../event-log/command-desk.ts';
import type { Appended } from '../event-log/event-log.ts';
import type { SealedData } from '../event-log/seal-event.ts';

/** An observation that the decider let begin, with the event that it made. */
export interface JudgedObservation {
  /** The command's id, and so the observation's. */
  readonly id: string;
  readonly sealed: SealedData;
}

/**
 * Records many new observations that were judged in another thread against a revision of the centre.
 * The answers stand in the same order; undefined is one that has to be recorded by itself: it may be
 * there already, or the centre is no longer the one it was judged against.
 */
export class RecordJudged extends Command<readonly (Appended | undefined)[]> {
  constructor(
    readonly actor: Actor,
    readonly centreRevision: number | undefined,
    readonly observations: readonly JudgedObservation[],
  ) {
    super();
  }
}

@CommandHandler(RecordJudged)
export class RecordJudgedHandler implements ICommandHandler<RecordJudged> {
  constructor(
    private readonly desk: CommandDesk,
    private readonly book: CentreBook,
  ) {}

  async execute({ actor, centreRevision, observations }: RecordJudged) {
    const present = await this.book.againstCentre().load(this.desk.states);
    if (present.revision !== centreRevision) return observations.map(() => undefined);
    const beginnings = observations.map(({ id, sealed }) => ({
      subject: `observation/${id}`,
      commandId: id,
      type: 'observation.recorded.v1',
      sealed,
    }));
    return appendBeginnings(this.desk, actor, centreRevision, beginnings);
  }
}
