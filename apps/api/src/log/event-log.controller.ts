import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { mayReadDisclosures, type Viewer } from '@ceasewatch/domain/access/viewer';
import { foldText, wordsIn } from '@ceasewatch/domain/centre/fold-text';
import { type Disclosed, nounOf } from '@ceasewatch/domain/recorded-event';
import { refuse } from '@ceasewatch/domain/refusal';
import { z } from 'zod';
import { Access, OFFICER_HEADER } from '../access/access.ts';
import { ReadAudit } from '../access/read-audit.ts';
import type { LogEntry, LogEntryDetail, LogEntryPage } from '../contract/log.ts';
import { EVENT_LOG, type EventLog, type StoredEvent } from '../event-log/event-log.ts';
import { logEntryDetail, logPage } from '../http/answer-schemas.ts';
import { Answers } from '../http/answers.ts';
import { knownParameters } from '../http/moment-parameters.ts';
import { after, integer, sequence, split } from '../http/query-parameters.ts';
import { lastVouched } from '../read-model/last-vouched.ts';
import { Projector } from '../read-model/projector.ts';
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
    q: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .meta({ description: 'Words that stand in the event, in any spelling.' })
      .optional(),
    ...knownParameters,
  })
  .refine((query) => query.after === undefined || query.before === undefined, {
    path: ['before'],
    error: 'cannot stand beside after',
  });
type Asked = z.output<typeof logParameters>;
const knownOnly = z.strictObject(knownParameters);
const PAGE = 100;

@Controller('events')
export class EventLogController {
  constructor(
    @Inject(EVENT_LOG) private readonly eventLog: EventLog,
    private readonly projector: Projector,
    private readonly access: Access,
    private readonly audit: ReadAudit,
  ) {}

  @Get()
  @Answers({
    summary: 'Events as they were written: newest first, or oldest first with `after`.',
    answers: { 200: logPage },
  })
  async page(
    @Query({ schema: logParameters }) asked: Asked,
    @Headers(OFFICER_HEADER) officer: string | undefined,
  ): Promise<LogEntryPage> {
    const [{ viewer, asOf }, rest] = await this.access.moment(officer, asked);
    const [place, wanted] = split(rest, ['after', 'before', 'limit']);
    const last = lastVouched(this.eventLog, this.projector, asOf);
    const limit = place.limit ?? PAGE;
    const test = testOf(wanted, viewer);
    const { events, next } =
      place.after === undefined
        ? await entriesBefore(
            this.eventLog,
            Math.min(place.before ?? Infinity, last + 1),
            limit,
            test,
          )
        : await entriesAfter(this.eventLog, place.after, last, limit, test);
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
      ...(asked.q === undefined ? {} : { narrativeSearched: mayReadDisclosures(viewer) }),
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
    const [moment] = await this.access.moment(officer, query);
    const { viewer, asOf } = moment;
    const seq = /^(?:0|[1-9]\d{0,14})$/.test(number) ? Number(number) : -1;
    if (asOf !== undefined && seq > lastVouched(this.eventLog, this.projector, asOf))
      throw noSuchEvent();
    const { damage } = this.eventLog.condition();
    if (seq < 0 || (seq > this.eventLog.head().seq && damage === undefined)) throw noSuchEvent();
    const { events } = await this.eventLog.page(seq - 1, 1);
    const event = events[0];
    if (event === undefined) throw noSuchEvent();
    const entry = entryOf(event, viewer);
    this.audit.noteShown(moment, `events/${seq}`, Object.values(entry.disclosed));
    return { ...entry, leaf: event.leaf };
  }
}

function noSuchEvent() {
  return refuse('not_found', {
    field: 'seq',
    reason: 'no_such_event',
  });
}

function testOf(
  { type, noun, subject, officer, contingent, q }: Partial<Asked>,
  viewer: Viewer,
): EntryTest {
  const holds = q === undefined ? () => true : wordsTest(q, viewer);
  return (event) => {
    const { envelope } = event;
    return (
      (type === undefined || envelope.type === type) &&
      (noun === undefined || nounOf(envelope.type) === noun) &&
      (subject === undefined || envelope.subject === subject) &&
      (officer === undefined || envelope.officer === officer) &&
      (contingent === undefined || envelope.contingent === contingent) &&
      holds(event)
    );
  };
}

/** Every word of `q` stands in the leaf, or in what was disclosed where this viewer may read it. */
function wordsTest(q: string, viewer: Viewer): EntryTest {
  const words = wordsIn(q);
  if (words.length === 0) return () => false;
  return ({ leaf, disclosed }) => {
    const told = mayReadDisclosures(viewer)
      ? Object.values(disclosed).map((each) => (each.state === 'shown' ? each.value : ''))
      : [];
    const text = foldText([leaf, ...told].join(' '));
    return words.every((word) => text.includes(word));
  };
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
