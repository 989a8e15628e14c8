import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Viewer } from '@ceasewatch/domain/access/viewer';
import { type Actor, EVENT_ID } from '@ceasewatch/domain/recorded-event';
import { refuse } from '@ceasewatch/domain/refusal';
import { AskCentre } from '../centre/centre.queries.ts';
import { CLOCK, type Clock } from '../clock.ts';
import type { CentreOfficer } from '../contract/centre.ts';
import { EventLogError } from '../event-log/event-log-error.ts';
import type { AskedMoment } from '../http/moment-parameters.ts';
import { type Given, split } from '../http/query-parameters.ts';
import type { Moment } from '../read-model/as-of.ts';
import { Projector } from '../read-model/projector.ts';
import { settled } from '../read-model/settled.ts';
import { ReadAudit } from './read-audit.ts';

/**
 * Who acts and who looks. There are no accounts yet: the officer is the one that the header
 * `Ceasewatch-Officer` names, by default the first of the centre, and every event says `authn: chosen`.
 * When accounts come, this file changes and no other.
 */
export const OFFICER_HEADER = 'ceasewatch-officer';

type ActingOfficer = Exclude<Actor, { readonly role: 'system' }>;

/** Asks for the officers themselves: nobody looks through their eyes yet. */
const NODE_ITSELF: Viewer = { officer: null, contingent: null, role: 'system' };

@Injectable()
export class Access {
  /** Officers in the centre's order; forgotten whenever the centre changes. */
  #officers: Promise<ReadonlyMap<string, CentreOfficer>> | undefined;

  constructor(
    private readonly queries: QueryBus,
    private readonly projector: Projector,
    private readonly audit: ReadAudit,
    @Inject(CLOCK) private readonly now: Clock,
  ) {
    projector.onAdvance(({ changes }) => {
      if (changes.some(({ subject }) => subject.startsWith('centre/'))) this.#officers = undefined;
    });
    // What another file brought was told to nobody.
    projector.onSwap(() => (this.#officers = undefined));
  }

  /**
   * The officer who acts, by the header's text.
   *
   * @throws Refusal forbidden (unknown or withdrawn officer), invalid (not an id)
   * @throws EventLogError store_unavailable: not known here, while others may know more
   */
  async actor(header: string | undefined): Promise<ActingOfficer> {
    const { officer, contingent, role } = await this.#officer(header);
    return { officer, contingent, role, authn: 'chosen' };
  }

  /** The same person as a viewer of queries. */
  async viewer(header: string | undefined): Promise<Viewer> {
    const { officer, contingent, role } = await this.#officer(header);
    return { officer, contingent, role };
  }

  /**
   * Answers a question, by the header's text and the parameters. Whoever was answered as of another moment
   * than the present has replayed the log, and that is recorded; what was refused nobody has looked at.
   *
   * @throws Refusal as `moment`, and whatever `answer` throws
   */
  async look<Asked extends AskedMoment, Answer>(
    header: string | undefined,
    asked: Asked,
    answer: (moment: Moment, rest: Given<Omit<Asked, keyof AskedMoment>>) => Promise<Answer>,
  ): Promise<Answer> {
    const [moment, rest] = await this.moment(header, asked);
    const answered = await answer(moment, rest);
    const { viewer, asOf, occurredUntil } = moment;
    if (asOf !== undefined || occurredUntil !== undefined)
      this.audit.note(viewer, { kind: 'replay', what: 'the log', asOf, occurredUntil });
    return answered;
  }

  /**
   * The moment of a query and what else was asked, for those who record themselves what is looked at.
   *
   * @throws Refusal not_yet: the moment has not come; as `actor`
   * @throws ReadModelError rebuilding: the rows do not reach it yet
   */
  async moment<Asked extends AskedMoment>(
    header: string | undefined,
    asked: Asked,
  ): Promise<readonly [Moment, Given<Omit<Asked, keyof AskedMoment>>]> {
    const viewer = await this.viewer(header);
    const { asOf, occurredUntil } = asked;
    // It has come, and everything that was recorded by then is there.
    if (asOf !== undefined) await settled(this.projector, 'asOf', asOf, this.now());
    const moment: Moment = {
      viewer,
      ...(asOf === undefined ? {} : { asOf }),
      ...(occurredUntil === undefined ? {} : { occurredUntil }),
    };
    const [, rest] = split<Asked, keyof AskedMoment>(asked, ['asOf', 'occurredUntil']);
    return [moment, rest];
  }

  async #officer(header: string | undefined): Promise<CentreOfficer> {
    if (header !== undefined && !EVENT_ID.test(header)) {
      throw refuse('invalid', {
        field: OFFICER_HEADER,
        reason: 'not_an_id',
      });
    }
    const officers = await this.#known();
    const officer =
      header === undefined
        ? [...officers.values()].find(({ withdrawn }) => !withdrawn)
        : officers.get(header);
    if (officer === undefined || officer.withdrawn) {
      this.#checkCurrent();
      throw refuse('forbidden', {
        field: OFFICER_HEADER,
        reason: 'unknown_officer',
      });
    }
    return officer;
  }

  /** Another node may have appointed the officer since: what this one does not know it does not refuse. */
  #checkCurrent(): void {
    if (this.projector.condition().staleSince === undefined) return;
    const why =
      'this officer is not known here, and others may have been appointed elsewhere since';
    throw new EventLogError('store_unavailable', why);
  }

  #known(): Promise<ReadonlyMap<string, CentreOfficer>> {
    this.#officers ??= this.#ask();
    return this.#officers;
  }

  async #ask(): Promise<ReadonlyMap<string, CentreOfficer>> {
    try {
      const { officers } = await this.queries.execute(new AskCentre({ viewer: NODE_ITSELF }));
      return new Map(officers.map((officer) => [officer.officer, officer]));
    } catch (error) {
      // What could not be asked now may be asked again by the next request.
      this.#officers = undefined;
      throw error;
    }
  }
}
