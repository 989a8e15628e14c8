import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EventRelations, LogEntry, LogEntryPage } from '@ceasewatch/api/contract/log';
import type { Receipt } from '@ceasewatch/api/contract/observation';
import type { Problem } from '@ceasewatch/api/contract/problem';
import { wordsIn } from '@ceasewatch/domain/centre/fold-text';
import { observationDecider } from '@ceasewatch/domain/observation/observation.decider';
import { type Actor, nounOf } from '@ceasewatch/domain/recorded-event';
import { OFFICERS } from '@ceasewatch/domain/testing/cast';
import { CentreBook } from '../src/centre/centre-book.ts';
import { decideAndAppend } from '../src/event-log/decide-and-append.ts';
import {
  eventsSaying,
  eventsTelling,
  nearTelling,
  textWordsOf,
} from '../src/observation/told-words.queries.ts';
import { Projector } from '../src/read-model/projector.ts';
import { ReadModel } from '../src/read-model/read-model.ts';
import { NodeUnderTest } from './testing/node-under-test.ts';
import { commandId, FERROW, match, report } from './testing/reports.ts';

/** The log of an exercise looked through by every filter, beside the same by reading all of it. */
let node: NodeUnderTest;
let log: LogEntry[];
/** What an observation was about at each of its events. */
let about: ReadonlyMap<number, { readonly unit: unknown; readonly from: string | undefined }>;

const page = async (query: string) => (await node.get<LogEntryPage>(`/api/events?${query}`)).body;
const relations = async (seq: number, query = '') =>
  (await node.get<EventRelations>(`/api/events/${seq}/relations?${query}`)).body;

async function walk(query: string, way: 'before' | 'after', limit: number): Promise<number[]> {
  const found: number[] = [];
  const begin = way === 'after' ? '-1' : `${log.length}`;
  for (let place: string | undefined = begin; place !== undefined;) {
    const { items, next }: LogEntryPage = await page(`${query}&${way}=${place}&limit=${limit}`);
    found.push(...items.map(({ seq }) => seq));
    place = next;
  }
  return found;
}

beforeAll(async () => {
  node = await NodeUnderTest.amidExercise();
  log = [];
  for (let after: string | undefined = '-1'; after !== undefined;) {
    const { items, next }: LogEntryPage = await page(`after=${after}&limit=500`);
    log.push(...items);
    after = next;
  }
  const standing = new Map<string, { readonly unit: unknown; readonly from: string | undefined }>();
  about = new Map(
    log.map(({ seq, envelope: { type, subject, data } }) => {
      const when = data['when'];
      if (type === 'observation.recorded.v1' || type === 'observation.corrected.v1') {
        const from =
          typeof when === 'object' && when !== null && 'from' in when
            ? String(when.from)
            : undefined;
        standing.set(subject, { unit: data['unit'], from });
      }
      const known = nounOf(type) === 'observation' ? standing.get(subject) : undefined;
      return [seq, known ?? { unit: data['unit'], from: undefined }];
    }),
  );
}, 120_000);
afterAll(() => node.end());

const some = (test_: (entry: LogEntry) => boolean) => log.filter(test_).map(({ seq }) => seq);
const at = (seq: number): LogEntry => {
  const entry = log[seq];
  if (entry === undefined) throw new Error(`the log has no event ${seq}`);
  return entry;
};
const lastOf = (type: string): LogEntry => {
  const found = log.findLast(({ envelope }) => envelope.type === type);
  if (found === undefined) throw new Error(`the exercise has no ${type}`);
  return found;
};

describe('GET /api/events by what an event is about', () => {
  const expectBothWays = async (query: string, expected: readonly number[]) => {
    expect([query, await walk(query, 'after', 170)]).toEqual([query, expected]);
    expect(await walk(query, 'before', 230)).toEqual(expected.toReversed());
  };

  test('unit, officer, contingent, noun and type, each alone and together', async () => {
    const corrected = lastOf('observation.corrected.v1');
    const { unit } = about.get(corrected.seq) ?? {};
    const { officer, contingent } = corrected.envelope;
    const ofUnit = some(({ seq }) => about.get(seq)?.unit === unit);
    expect(new Set(ofUnit.map((seq) => nounOf(at(seq).envelope.type))).size).toBeGreaterThan(1);
    await expectBothWays(`unit=${String(unit)}`, ofUnit);
    await expectBothWays(
      `officer=${officer}&contingent=${contingent}`,
      some(({ envelope }) => envelope.officer === officer),
    );
    await expectBothWays(
      `unit=${String(unit)}&type=observation.corrected.v1&officer=${officer}`,
      ofUnit.filter((seq) => {
        const { envelope } = at(seq);
        return envelope.type === 'observation.corrected.v1' && envelope.officer === officer;
      }),
    );
    await expectBothWays(
      'noun=unit',
      some(({ envelope }) => nounOf(envelope.type) === 'unit'),
    );
    await expectBothWays(`unit=${officer}`, []);
    await expectBothWays('unit=nobody', []);
  });

  test('a retraction is of the unit and of the time of what it takes back', async () => {
    const retracted = lastOf('observation.retracted.v1');
    const { unit, from } = about.get(retracted.seq) ?? {};
    const query = `type=observation.retracted.v1&unit=${String(unit)}&occurredFrom=${from}`;
    expect(await walk(query, 'before', 50)).toContain(retracted.seq);
  });

  test('the time of recording, the first instant included and the second not', async () => {
    // A moment of the log is the running maximum of its times: writers of a store overtake each other.
    let latest = '';
    const reached = log.map(({ envelope: { time } }) => (latest = time > latest ? time : latest));
    const [from = '', to = ''] = [reached[200], reached[900]];
    const by = (fits: (time: string) => boolean) => some(({ seq }) => fits(reached[seq] ?? ''));
    const between = by((time) => time >= from && time < to);
    expect(between.length).toBeGreaterThan(500);
    await expectBothWays(`recordedFrom=${from}&recordedTo=${to}`, between);
    await expectBothWays(
      `recordedTo=${to}`,
      by((time) => time < to),
    );
    await expectBothWays(
      `recordedFrom=${from}`,
      by((time) => time >= from),
    );
    await expectBothWays('recordedFrom=2100-01-01T00:00:00Z', []);
  });

  test('the time of occurrence, which is not that of recording', async () => {
    const times = [...about.values()].flatMap(({ from }) => from ?? []).toSorted();
    const [from, to] = [times[times.length >> 2], times[times.length >> 1]];
    const between = some(({ seq }) => {
      const began = about.get(seq)?.from;
      return began !== undefined && began >= String(from) && began < String(to);
    });
    expect(between).not.toEqual(between.map((_, index) => (between[0] ?? 0) + index));
    await expectBothWays(`occurredFrom=${from}&occurredTo=${to}`, between);
  });

  test.each(['recorded', 'occurred'])(
    '%s: an end before its beginning is refused',
    async (axis) => {
      const query = `${axis}From=2026-11-02T00:00:00Z&${axis}To=2026-11-01T00:00:00Z`;
      const { status, body } = await node.get<Problem>(`/api/events?${query}`);
      expect([status, body.errors?.[0]?.field]).toEqual([422, `${axis}To`]);
    },
  );
});

describe('GET /api/events by words', () => {
  const toldIn = ({ disclosed }: LogEntry) =>
    Object.values(disclosed).flatMap((each) => (each.state === 'shown' ? wordsIn(each.value) : []));

  test('every word of narratives and explanations, whole, in both directions', async () => {
    const spoken = lastOf('observation.retracted.v1');
    const words = toldIn(spoken);
    const rare = words.toSorted((one, other) => other.length - one.length)[0] ?? '';
    const holding = some((entry) => toldIn(entry).includes(rare));
    expect(holding).toContain(spoken.seq);
    expect(await walk(`q=${rare}`, 'after', 40)).toEqual(
      expect.arrayContaining(
        holding.filter((seq) => nounOf(at(seq).envelope.type) === 'observation'),
      ),
    );
    expect(await walk(`q=${rare.slice(0, -1)}`, 'before', 40)).not.toContain(spoken.seq);
    expect(await walk(`q=${rare.slice(0, -1)}*`, 'before', 40)).toContain(spoken.seq);
    expect(await walk(`q=${rare} nowheretobefound`, 'before', 40)).toEqual([]);
  });

  test('looking at every event finds what the index of words finds, whoever asks and either way', () => {
    const spoken = [...new Set(log.flatMap(toldIn))];
    const words = spoken.filter((_, index) => index % Math.ceil(spoken.length / 40) === 0);
    const asked = words.flatMap((word) => [word, `${word.slice(0, 3)}*`, `${word} ${word[0]}*`]);
    const readModel = node.running.app.get(ReadModel);
    let found = 0;
    for (const [at, q] of [...asked, 'the*', 'zzz*'].entries()) {
      const role = at % 3 === 0 ? ('sensor' as const) : ('auditor' as const);
      const viewer = { officer: null, contingent: 'alfa', role };
      const way = at % 2 === 0 ? (1 as const) : (-1 as const);
      const stretch = { first: 50, last: log.length - 50, way };
      const [saying, telling] = [eventsSaying, eventsTelling].map((told) => {
        const { sql, values } = told(viewer, textWordsOf(q), stretch, 60);
        return readModel.read((db) => db.prepare(sql).all(...values)).map(({ seq }) => seq);
      });
      expect([q, saying]).toEqual([q, telling]);
      found += telling?.length ?? 0;
    }
    expect(found).toBeGreaterThan(500);
  });

  test('for the beginning of a word every event is looked at for some way, and no further', () => {
    const few = { first: 7, last: 90, way: -1 } as const;
    const many = { first: 0, last: 999_999 };
    const [whole, begun] = ['mill', 'mill bur*'].map(textWordsOf);
    expect(nearTelling(whole ?? [], few)).toBeUndefined();
    expect(nearTelling(begun ?? [], few)).toEqual(few);
    const back = nearTelling(begun ?? [], { ...many, way: -1 });
    const on = nearTelling(begun ?? [], { ...many, way: 1 });
    expect(back).toEqual({ first: 1_000_000 - 4_096, last: 999_999, way: -1 });
    expect(on).toEqual({ first: 0, last: 4_095, way: 1 });
  });

  test('an event of the centre by the words of its bytes, found a page after the other', async () => {
    const named = lastOf('officer.enrolled.v1');
    const [name = ''] = toldIn(named).toSorted((one, other) => other.length - one.length);
    const found = await walk(`q=${name}&noun=officer`, 'before', 1);
    expect(found).toContain(named.seq);
    expect(new Set(found).size).toBe(found.length);
  });

  test('an id finds the event, the stream, and all that is of the officer or the unit', async () => {
    const { seq, envelope } = lastOf('observation.corrected.v1');
    expect(await walk(`q=${envelope.id}`, 'before', 9)).toEqual([seq]);
    expect(await walk(`q=${envelope.subject.split('/')[1]}`, 'after', 1)).toEqual(
      some((entry) => entry.envelope.subject === envelope.subject),
    );
    expect(await walk(`q=${envelope.officer}`, 'after', 333)).toEqual(
      some((entry) => [entry.envelope.officer, entry.envelope.id].includes(envelope.officer)),
    );
    expect(await walk(`q=${commandId()}`, 'after', 9)).toEqual([]);
  });

  test('a stream is looked through by its own words', async () => {
    const { subject } = lastOf('observation.retracted.v1').envelope;
    const stream = some(({ envelope }) => envelope.subject === subject);
    expect(await walk(`subject=${subject}`, 'after', 1)).toEqual(stream);
    expect(await walk(`subject=${subject}&q=nowheretobefound`, 'after', 9)).toEqual([]);
  });
});

describe('GET /api/events/:seq/relations', () => {
  test('an observation tells what it replaced, what replaced it, and the centre it was judged by', async () => {
    const { seq, envelope } = lastOf('observation.corrected.v1');
    const stream = some((entry) => entry.envelope.subject === envelope.subject);
    const place = stream.indexOf(seq);
    const told = await relations(seq);
    expect(told.before?.seq).toBe(stream[place - 1]);
    expect(told.after?.seq ?? undefined).toBe(stream[place + 1]);
    const centre = at(told.centre?.seq ?? -1).envelope;
    expect(centre.subject).toMatch(/^centre\//);
    expect(centre.revision).toBe(envelope.centrerevision);
    expect(told).toMatchObject({ cause: null, effects: [], erased: null });
    expect((await relations(stream[place - 1] ?? -1)).after?.seq).toBe(seq);
  });

  test('nothing after the moment is among them', async () => {
    const { seq, envelope } = lastOf('observation.corrected.v1');
    const first = some((entry) => entry.envelope.subject === envelope.subject)[0] ?? -1;
    expect((await relations(first)).after).not.toBeNull();
    expect((await relations(first, `asOf=${first}`)).after).toBeNull();
    const { status } = await node.get(`/api/events/${seq}/relations?asOf=${seq - 1}`);
    expect(status).toBe(404);
  });

  test('the events of one command name each other', async () => {
    const founding = log.filter(
      ({ envelope }) =>
        envelope.correlationid !== undefined &&
        envelope.correlationid === at(1).envelope.correlationid,
    );
    const { command } = await relations(1);
    expect(command.map(({ seq }) => seq)).toEqual(
      founding
        .filter(({ seq }) => seq !== 1)
        .slice(0, 50)
        .map(({ seq }) => seq),
    );
  });
});

describe('while the log grows', () => {
  test('an event tells which one caused it, and that one what it caused', async () => {
    const { seq: cause, envelope } = lastOf('unit.opened.v1');
    const actor: Actor = { ...OFFICERS.ferrow, authn: 'chosen' };
    const when = { from: at(log.length - 1).envelope.time, precision: 'minute', zone: 'UTC' };
    const { body } = await node.post<Receipt>('/api/observations', report({ when }), {
      'Ceasewatch-Officer': FERROW,
    });
    const { seq } = await decideAndAppend(node.running.parts.desk, {
      subject: `observation/${body.id}`,
      commandId: commandId(),
      actor,
      causationId: envelope.id,
      decider: observationDecider,
      against: node.running.app.get(CentreBook, { strict: false }).againstCentre(),
      command: ({ now, against }) => {
        const body = { retracts: 1, reason: 'duplicate' } as const;
        return { type: 'retract' as const, body, context: { ...against, now, actor } };
      },
    });
    if (seq === null) throw new Error('an event of this node has no number');
    await node.running.app.get(Projector).whenProjected(seq, AbortSignal.timeout(10_000));
    expect((await relations(seq)).cause?.seq).toBe(cause);
    expect((await relations(cause)).effects.map((each) => each.seq)).toEqual([seq]);
    expect((await relations(cause, `asOf=${seq - 1}`)).effects).toEqual([]);
  });

  test('what was reported a moment ago is found by its words, its unit and its officer', async () => {
    const told = { narrative: 'Quagmire, then a fusillade.' };
    const { status, body } = await node.post<{ id: string; seq: number; revision: number }>(
      '/api/observations',
      report({
        ...told,
        when: { from: at(log.length - 1).envelope.time, precision: 'minute', zone: 'UTC' },
      }),
      { 'Ceasewatch-Officer': FERROW },
    );
    expect(status).toBe(201);
    const path = `/api/observations/${body.id}/retraction`;
    const retracted = await node.post(
      path,
      { id: commandId(), retracts: 1, reason: 'duplicate', explanation: 'Zugzwang.' },
      { ...match(0), 'Ceasewatch-Officer': FERROW },
    );
    expect(retracted).toMatchObject({ status: 201 });
    expect((await page('q=fusillade')).items.map(({ seq }) => seq)).toEqual([body.seq]);
    expect((await page('q=zugzwang')).items.map(({ envelope }) => envelope.type)).toEqual([
      'observation.retracted.v1',
    ]);
    expect((await page(`officer=${FERROW}&limit=2`)).items[1]?.seq).toBe(body.seq);
  });
});
