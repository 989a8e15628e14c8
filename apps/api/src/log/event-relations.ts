import { Inject, Injectable } from '@nestjs/common';
import { type Envelope, streamOf } from '@ceasewatch/domain/recorded-event';
import { isEventId } from '@ceasewatch/tlog/event-id';
import type { EventRelations, RelatedEvent } from '../contract/log.ts';
import { EVENT_LOG, type EventLog, type StoredEvent } from '../event-log/event-log.ts';
import { centreSubject, causedBy } from '../read-model/event-table.ts';
import { ReadModel } from '../read-model/read-model.ts';
import { eventsOf } from './browse-log.ts';

/** What caused an event and what it caused, as far as the log says so: by id, by command, by stream. */
const MOST = 50;
/** Events of one command stand side by side, unless several nodes write at once. */
const LOOKED_ASIDE = 250;

@Injectable()
export class EventRelationsFinder {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly readModel: ReadModel,
  ) {}

  /**
   * @param last nothing after this event is known
   * @throws ReadModelError rebuilding; EventLogError
   */
  async of({ seq, envelope }: StoredEvent, last: number): Promise<EventRelations> {
    const { id, causationid, data } = envelope;
    const stream = await this.#neighbours(envelope, last);
    const caused = this.readModel.read((db) => causedBy(db, id, last, MOST));
    return {
      asOf: last,
      cause: await this.#byId(causationid, last),
      effects: (await eventsOf(this.log, caused)).map(relatedOf),
      command: await this.#ofCommand(seq, envelope, last),
      before: stream.before,
      after: stream.after,
      erased:
        envelope.type === 'disclosure.erased.v1' ? await this.#byId(data['event'], last) : null,
      centre: await this.#centre(envelope, last),
    };
  }

  async #byId(id: unknown, last: number): Promise<RelatedEvent | null> {
    if (typeof id !== 'string' || !isEventId(id)) return null;
    return this.#at(await this.log.find(id), last);
  }

  async #at(seq: number | undefined | null, last: number): Promise<RelatedEvent | null> {
    if (seq === undefined || seq === null || seq > last) return null;
    const [event] = await eventsOf(this.log, [seq]);
    return event === undefined ? null : relatedOf(event);
  }

  async #neighbours({ subject, revision }: Envelope, last: number) {
    const { events } = await this.log.source(streamOf(subject), {
      from: Math.max(0, revision - 1),
      known: true,
    });
    const at = (wanted: number) =>
      this.#at(events.find(({ envelope }) => envelope.revision === wanted)?.seq, last);
    return { before: await at(revision - 1), after: await at(revision + 1) };
  }

  async #ofCommand(
    seq: number,
    { correlationid }: Envelope,
    last: number,
  ): Promise<readonly RelatedEvent[]> {
    if (correlationid === undefined) return [];
    const from = Math.max(0, seq - LOOKED_ASIDE);
    const { events } = await this.log.page(from - 1, Math.min(last, seq + LOOKED_ASIDE) - from + 1);
    return events
      .filter((each) => each.seq !== seq && each.envelope.correlationid === correlationid)
      .slice(0, MOST)
      .map(relatedOf);
  }

  async #centre({ centrerevision }: Envelope, last: number): Promise<RelatedEvent | null> {
    if (centrerevision === undefined) return null;
    const subject = this.readModel.read(centreSubject);
    if (subject === undefined) return null;
    const { events } = await this.log.source(streamOf(subject), {
      from: centrerevision,
      known: true,
    });
    return this.#at(events[0]?.seq, last);
  }
}

function relatedOf({ seq, envelope: { type, subject, time } }: StoredEvent): RelatedEvent {
  return { seq, type, subject, time };
}
