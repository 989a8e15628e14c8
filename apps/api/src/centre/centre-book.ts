import { Injectable } from '@nestjs/common';
import {
  ceasefireDecider,
  type CeasefireState,
} from '@ceasewatch/domain/ceasefire/ceasefire.decider';
import { centreDecider } from '@ceasewatch/domain/centre/centre.decider';
import type { CentreState } from '@ceasewatch/domain/centre/centre-state';
import { followUpEventId } from '@ceasewatch/tlog/event-id';
import { CommandDesk } from '../event-log/command-desk.ts';
import { againstStream, type JudgedAgainst } from '../event-log/judged-against.ts';

/** What the rules for observations ask besides the observation itself. */
export interface CentreAndCeasefire {
  readonly centre: CentreState;
  readonly ceasefire: CeasefireState;
}

/**
 * Where the one centre of this log and its ceasefire are found. Their ids follow from the log's own
 * id, so nothing needs to be searched and founding a centre twice is the same command twice.
 *
 * Their states are folded from the log at the desk and kept there; commands on observations are judged
 * against them, and judged again later against the revision of the centre that the event names and the
 * ceasefire as the log had it by then.
 */
@Injectable()
export class CentreBook {
  readonly #desk: CommandDesk;
  #ids: { readonly centre: string; readonly ceasefire: string } | undefined;

  constructor(desk: CommandDesk) {
    this.#desk = desk;
  }

  /** Id of the centre, and of the command that founds it. */
  get centreId(): string {
    return this.#known().centre;
  }

  /** Id of the ceasefire, and of the command that declares it. */
  get ceasefireId(): string {
    return this.#known().ceasefire;
  }

  #known(): { readonly centre: string; readonly ceasefire: string } {
    const { logId } = this.#desk.log.head();
    this.#ids ??= { centre: followUpEventId(logId, 1), ceasefire: followUpEventId(logId, 2) };
    return this.#ids;
  }

  async centre(): Promise<CentreState> {
    return (await this.#desk.states.load(`centre/${this.centreId}`, centreDecider)).state;
  }

  async ceasefire(): Promise<CeasefireState> {
    return (await this.#desk.states.load(`ceasefire/${this.ceasefireId}`, ceasefireDecider)).state;
  }

  /** What commands on observations are judged against. */
  againstCentre(): JudgedAgainst<CentreAndCeasefire> {
    const againstCentre = againstStream(`centre/${this.centreId}`, centreDecider);
    const subject = `ceasefire/${this.ceasefireId}`;
    return {
      async load(states, first) {
        const { state: centre, revision } = await againstCentre.load(states, first);
        const { state: ceasefire } =
          first === undefined
            ? await states.load(subject, ceasefireDecider)
            : await states.loadBefore(subject, ceasefireDecider, first);
        return { state: { centre, ceasefire }, revision };
      },
    };
  }
}
