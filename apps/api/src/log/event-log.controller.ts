import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { mayReadDisclosures, type Viewer } from '@ceasewatch/domain/access/viewer';
import type { Disclosed } from '@ceasewatch/domain/recorded-event';
import { Refusal, refuse } from '@ceasewatch/domain/refusal';
import { refusedOfIssue } from '@ceasewatch/domain/shape-refusal';
import { z } from 'zod';
import { Access, OFFICER_HEADER } from '../access/access.ts';
import { ReadAudit } from '../access/read-audit.ts';
import type { EventRelations, LogEntry, LogEntryDetail, LogEntryPage } from '../contract/log.ts';
import { EVENT_LOG, type EventLog, type StoredEvent } from '../event-log/event-log.ts';
import { eventRelations, logEntryDetail, logPage } from '../http/answer-schemas.ts';
import { Answers } from '../http/answers.ts';
import { knownParameters } from '../http/moment-parameters.ts';
import { type Given, sequence, split } from '../http/query-parameters.ts';
import type { Moment } from '../read-model/as-of.ts';
import { lastVouched } from '../read-model/last-vouched.ts';
import { Projector } from '../read-model/projector.ts';
import { nextEntries, type Stretch } from './browse-log.ts';
import { EventFinder } from './event-finder.ts';
import { EventRelationsFinder } from './event-relations.ts';
import { logParameters } from './log-parameters.ts';

const knownOnly = z.strictObject(knownParameters);
/** Three screens of rows. */
const PAGE = 100;

/** The raw log, for readers and auditors: what was written, its bytes, its hashes. */
@Controller('events')
export class EventLogController {
  constructor(
    @Inject(EVENT_LOG) private readonly eventLog: EventLog,
    private readonly projector: Projector,
    private readonly finder: EventFinder,
    private readonly relations: EventRelationsFinder,
    private readonly access: Access,
    private readonly audit: ReadAudit,
  ) {}

  @Get()
  @Answers({
    summary: 'Events as they were written: newest first, or oldest first with `after`.',
    answers: { 200: logPage },
  })
  async page(
    @Query({ schema: logParameters }) asked: z.output<typeof logParameters>,
    @Headers(OFFICER_HEADER) officer: string | undefined,
  ): Promise<LogEntryPage> {
    return this.access.look(officer, asked, (moment, rest) => this.#page(moment, rest));
  }

  async #page(
    { viewer, asOf }: Moment,
    rest: Given<Omit<z.output<typeof logParameters>, 'asOf'>>,
  ): Promise<LogEntryPage> {
    const [place, filter] = split(rest, ['after', 'before', 'limit']);
    const known = lastVouched(this.eventLog, this.projector, asOf);
    const isFiltered = Object.keys(filter).length > 0;
    const last = isFiltered ? Math.min(known, this.finder.reached()) : known;
    const { after, before = Infinity, limit = PAGE } = place;
    const stretch: Stretch =
      after === undefined
        ? { first: 0, last: Math.min(before - 1, last), way: -1 }
        : { first: after + 1, last, way: 1 };
    const { events, next } = isFiltered
      ? await this.finder.entries(filter, stretch, limit, viewer)
      : await nextEntries(this.eventLog, stretch, limit);
    const { damage } = this.eventLog.condition();
    const items = events.map((event) => entryOf(event, viewer));
    const told = items.filter(tells).map(({ seq }) => seq);
    if (told.length > 0) {
      const what = `events/${Math.min(...told)}-${Math.max(...told)}`;
      this.audit.note(viewer, { kind: 'narrative', what, asOf });
    }
    return {
      asOf: last,
      items,
      ...(next === undefined ? {} : { next: `${next}` }),
      ...(damage?.seq === undefined ? {} : { damagedFrom: damage.seq }),
      ...(rest.q === undefined ? {} : { narrativeSearched: mayReadDisclosures(viewer) }),
    };
  }

  @Get(':seq')
  @Answers({
    summary: 'One event with the very bytes that were hashed.',
    answers: { 200: logEntryDetail },
    problems: ['not_found'],
  })
  async find(
    @Param('seq') number: string,
    @Query({ schema: knownOnly }) query: z.output<typeof knownOnly>,
    @Headers(OFFICER_HEADER) officer: string | undefined,
  ): Promise<LogEntryDetail> {
    return this.access.look(officer, query, async (moment) => {
      const { event } = await this.#event(number, moment);
      const entry = entryOf(event, moment.viewer);
      this.audit.noteShown(moment, `events/${event.seq}`, Object.values(entry.disclosed));
      return { ...entry, leaf: event.leaf };
    });
  }

  @Get(':seq/relations')
  @Answers({
    summary: 'What an event was caused by and what it caused: its command, its stream, its centre.',
    answers: { 200: eventRelations },
    problems: ['not_found'],
  })
  async related(
    @Param('seq') number: string,
    @Query({ schema: knownOnly }) query: z.output<typeof knownOnly>,
    @Headers(OFFICER_HEADER) officer: string | undefined,
  ): Promise<EventRelations> {
    return this.access.look(officer, query, async (moment) => {
      const { event, last } = await this.#event(number, moment);
      return this.relations.of(event, last);
    });
  }

  /** An event by the text of its number, and the last one that belongs to the moment. */
  async #event(
    number: string,
    { asOf }: Moment,
  ): Promise<{ readonly event: StoredEvent; readonly last: number }> {
    const seq = seqOf(number);
    const last = lastVouched(this.eventLog, this.projector, asOf);
    if (asOf !== undefined && seq > last) throw noSuchEvent();
    const { damage } = this.eventLog.condition();
    if (seq > this.eventLog.head().seq && damage === undefined) throw noSuchEvent();
    // Of what is damaged the log itself says so.
    const { events } = await this.eventLog.page(seq - 1, 1);
    const event = events[0];
    if (event === undefined) throw noSuchEvent();
    return { event, last };
  }
}

/** @throws Refusal invalid: what is no number names no event, and is more likely a slip than an event that is gone */
function seqOf(text: string): number {
  const read = sequence.safeParse(text);
  if (read.success) return read.data;
  const issues = read.error.issues.map((issue) => ({ ...refusedOfIssue(issue), field: 'seq' }));
  throw new Refusal('invalid', issues);
}

function noSuchEvent() {
  return refuse('not_found', {
    field: 'seq',
    reason: 'no_such_event',
  });
}

function tells({ disclosed }: LogEntry): boolean {
  return Object.values(disclosed).some(({ state }) => state === 'shown');
}

function entryOf(event: StoredEvent, viewer: Viewer): LogEntry {
  const readable = mayReadDisclosures(viewer);
  const disclosed: Record<string, Disclosed> = {};
  for (const [name, value] of Object.entries(event.disclosed)) {
    disclosed[name] = value.state === 'shown' && !readable ? { state: 'withheld' } : value;
  }
  return {
    seq: event.seq,
    envelope: event.envelope,
    disclosed,
    leafHash: Buffer.from(event.leafHash).toString('base64'),
    chain: Buffer.from(event.chain).toString('base64'),
  };
}
