import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { mayReadDisclosures, type Viewer } from '@ceasewatch/domain/access/viewer';
import { type Disclosed, nounOf } from '@ceasewatch/domain/recorded-event';
import { refuse } from '@ceasewatch/domain/refusal';
import { z } from 'zod';
import { Access, OFFICER_HEADER } from '../access/access.ts';
import type { LogEntry, LogEntryDetail, Page } from '../contract.ts';
import { EVENT_LOG, type EventLog, type StoredEvent } from '../event-log/event-log.ts';
import { logEntryDetail, logPage } from '../http/answer-schemas.ts';
import { Answers } from '../http/answers.ts';
import { after, integer, sequence, split } from '../http/query-parameters.ts';
import { type EntryTest, entriesAfter, entriesBefore } from './browse-log.ts';

/** The raw log, for readers and auditors: what was written, its bytes, its hashes. */
const logParameters = z
  .strictObject({
    after: after.meta({ description: 'Oldest first, from the event after this one.' }).optional(),
    before: sequence
      .meta({ description: 'Newest first, from the event before this one.' })
      .optional(),
    limit: integer(1, 500).optional(),
    type: z
      .string()
      .max(100)
      .meta({ description: 'An event type: observation.recorded.v1' })
      .optional(),
    noun: z
      .string()
      .max(100)
      .meta({ description: 'The noun of the type: observation, unit' })
      .optional(),
    subject: z.string().max(100).meta({ description: 'observation/<id>' }).optional(),
    officer: z.string().max(100).optional(),
    contingent: z
      .string()
      .max(100)
      .meta({ description: "Code of the officer's contingent" })
      .optional(),
  })
  .refine((query) => query.after === undefined || query.before === undefined, {
    path: ['before'],
    error: 'cannot stand beside after',
  });
type Asked = z.output<typeof logParameters>;
const PAGE = 100;

@Controller('events')
export class EventLogController {
  constructor(
    @Inject(EVENT_LOG) private readonly eventLog: EventLog,
    private readonly access: Access,
  ) {}

  @Get()
  @Answers({
    summary: 'Events as they were written: newest first, or oldest first with `after`.',
    answers: { 200: logPage },
  })
  async page(
    @Query({ schema: logParameters }) asked: Asked,
    @Headers(OFFICER_HEADER) officer: string | undefined,
  ): Promise<Page<LogEntry>> {
    const viewer = await this.access.viewer(officer);
    const [place, wanted] = split(asked, ['after', 'before', 'limit']);
    const { seq: head } = this.eventLog.head();
    const limit = place.limit ?? PAGE;
    const test = testOf(wanted);
    const { events, next } =
      place.after === undefined
        ? await entriesBefore(this.eventLog, place.before ?? head + 1, limit, test)
        : await entriesAfter(this.eventLog, place.after, limit, test);
    const items = events.map((event) => entryOf(event, viewer));
    return { asOf: head, items, ...(next === undefined ? {} : { next: `${next}` }) };
  }

  @Get(':seq')
  @Answers({
    summary: 'One event with the very bytes that were hashed.',
    answers: { 200: logEntryDetail },
    problems: ['not_found'],
  })
  async find(
    @Param('seq') number: string,
    @Headers(OFFICER_HEADER) officer: string | undefined,
  ): Promise<LogEntryDetail> {
    const viewer = await this.access.viewer(officer);
    const seq = /^\d{1,15}$/.test(number) ? Number(number) : -1;
    if (seq < 0 || seq > this.eventLog.head().seq) throw noSuchEvent();
    const { events } = await this.eventLog.page(seq - 1, 1);
    const event = events[0];
    if (event === undefined) throw noSuchEvent();
    return { ...entryOf(event, viewer), leaf: event.leaf };
  }
}

function noSuchEvent() {
  return refuse('not_found', {
    field: 'seq',
    reason: 'no_such_event',
  });
}

function testOf({
  type,
  noun,
  subject,
  officer,
  contingent,
}: Omit<Asked, 'after' | 'before' | 'limit'>): EntryTest {
  return ({ envelope }) =>
    (type === undefined || envelope.type === type) &&
    (noun === undefined || nounOf(envelope.type) === noun) &&
    (subject === undefined || envelope.subject === subject) &&
    (officer === undefined || envelope.officer === officer) &&
    (contingent === undefined || envelope.contingent === contingent);
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
