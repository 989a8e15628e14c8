import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CentreAnswer } from '@ceasewatch/api/contract/centre';
import type { LogEntry, LogEntryPage } from '@ceasewatch/api/contract/log';
import type { ObservationPage } from '@ceasewatch/api/contract/observation';
import type { Problem } from '@ceasewatch/api/contract/problem';
import type { ReadPage } from '@ceasewatch/api/contract/reads';
import type { SituationAnswer } from '@ceasewatch/api/contract/situation';
import type { OpenAPIObject } from '@nestjs/swagger';
import { NodeUnderTest } from './testing/node-under-test.ts';
import { lastBy, recordedTimes } from './testing/recorded-times.ts';
import { report } from './testing/reports.ts';

/**
 * No answer is of the present by accident: whatever the OpenAPI document lists is asked as of an event
 * before the last hundred, and none of these hundred may show anywhere in the answer.
 */
const LATER = 100;

/** Endpoints that take no `asOf`, each with its reason. Health and metrics are no part of the document. */
const WITHOUT_MOMENT: Readonly<Record<string, string>> = {
  '/api/openapi.json': 'the document speaks of the program, not of the log',
  '/api/reads': 'who looked at the log, which is kept beside it and is no part of it',
  '/api/verifications': 'what somebody found in the log, which is kept beside it',
  '/api/verifications/{id}': 'what somebody found in the log, which is kept beside it',
  '/api/situation/states': 'each is of an event of its own, and equal to what is asked as of it',
  '/api/log': 'whether the log can be written and how far it is: the state of the node itself',
};
/** Endpoints with an `asOf` and no `occurredUntil`, each with its reason. */
const WITHOUT_OCCURRENCE: Readonly<Record<string, string>> = {
  '/api/observations/{id}': 'asked for by name; its versions say when each of them occurred',
  '/api/changes': 'what the log changed, in the order of recording',
  '/api/log/moments': 'when the log was written',
  '/api/events': 'the log itself, in the order of recording',
  '/api/events/{seq}': 'asked for by number',
  '/api/events/{seq}/relations': 'asked for by number',
  '/api/log.ndjson': 'a range of the log itself, in the order of recording',
};

let node: NodeUnderTest;
let paths: OpenAPIObject['paths'];
let later: readonly LogEntry[];
let asOf: number;
let known: LogEntry;

beforeAll(async () => {
  node = await NodeUnderTest.amidExercise();
  paths = (await node.get<OpenAPIObject>('/api/openapi.json')).body.paths;
  const { body } = await node.get<LogEntryPage>(`/api/events?limit=${LATER}`);
  later = body.items;
  asOf = body.asOf - LATER;
  const before = await node.get<LogEntryPage>(
    `/api/events?limit=1&type=observation.recorded.v1&asOf=${asOf}`,
  );
  const [entry] = before.body.items;
  if (entry === undefined) throw new Error('the exercise has recorded nothing');
  known = entry;
}, 120_000);
afterAll(() => node.end());

/** Every way to ask an endpoint that is worth asking, without the moment. */
function questionsOf(path: string): readonly string[] {
  const filled = path.replace('{id}', subjectId(known)).replace('{seq}', `${known.seq}`);
  switch (path) {
    case '/api/changes':
      return [`${filled}?after=${asOf - 50}&limit=500`];
    case '/api/events':
      return [
        `${filled}?limit=200`,
        `${filled}?after=${asOf - 20}&limit=200`,
        `${filled}?before=${asOf + 90}&limit=200`,
      ];
    case '/api/observations':
      return ['', 'order=occurred&', 'retracted=true&', 'corrected=true&', 'q=post&'].map(
        (query) => `${filled}?${query}limit=300`,
      );
    case '/api/diff':
    case '/api/diff/observations':
      return ['', 'kind=burst,shot,explosion&', 'q=post&'].map(
        (query) => `${filled}?${query}limit=200&from=${asOf - 60}`,
      );
    case '/api/diff/observations.csv':
    case '/api/diff/observations.ndjson':
      return [`${filled}?from=${asOf - 60}`];
    case '/api/log/moments':
      return [`${filled}?parts=400`];
    case '/api/situation':
      return ['24h', '7d', 'all'].map((window) => `${filled}?window=${window}`);
    default:
      return [`${filled}?`];
  }
}

const subjectId = ({ envelope }: LogEntry) => envelope.subject.split('/')[1] ?? '';

/** Words by which one of the later events would show: its ids, and the sentences that only it says. */
function tracesOf(entries: readonly LogEntry[]): readonly string[] {
  return entries.flatMap(({ envelope, disclosed }) => [
    envelope.id,
    ...Object.values(disclosed).flatMap((each) =>
      each.state === 'shown' && each.value.length > 40
        ? [JSON.stringify(each.value).slice(1, -1)]
        : [],
    ),
  ]);
}

/** Measures, as JSON, as JSON in a cell of CSV, and as the cell before the method of a place. */
const MEASURES = /"+(?:\w*M|min|max|value)"+:\d+|,\d+(?=,[a-z]+\.\d+,)/g;

/** The count of an export's events is the number of its last and one; its pages speak of the format. */
const OF_AN_EXPORT = /^\{"export":"document".*$|"events":\d+/gm;

/** Every whole number that stands in a text as a value, however it is written; measures are none of ours. */
function numbersIn(text: string): ReadonlySet<number> {
  const isExport = text.startsWith('{"export":');
  const values = (isExport ? text.replaceAll(OF_AN_EXPORT, '') : text)
    .replaceAll(MEASURES, '')
    .matchAll(/(?<![\w.-])\d{3,9}(?![\w.-])/g);
  return new Set([...values].map(([digits]) => Number(digits)));
}

/** The highest short number of an observation, in JSON or in the first column of CSV. */
function lastNumberIn(text: string): number {
  const numbers = text.matchAll(/"number":(\d+)|^(\d+),[0-9a-f]{8}-/gm);
  return Math.max(0, ...[...numbers].map(([, json, csv]) => Number(json ?? csv)));
}

describe('as of an event before the last hundred', () => {
  test('every endpoint of the document takes the moment, or has its reason not to', () => {
    const strays = Object.entries(paths).flatMap(([path, { get }]) => {
      if (get === undefined) return [];
      const names = JSON.stringify(get.parameters ?? []);
      const takes = (name: string) => names.includes(`"${name}"`);
      return [
        ...(takes('asOf') === path in WITHOUT_MOMENT ? [`${path}: asOf`] : []),
        ...(takes('occurredUntil') === (path in WITHOUT_MOMENT || path in WITHOUT_OCCURRENCE)
          ? [`${path}: occurredUntil`]
          : []),
      ];
    });
    expect(strays).toEqual([]);
  });

  test('no endpoint shows an id, a number or a sentence of the later hundred', async () => {
    const said = await node.text(`/api/events?limit=500&asOf=${asOf}`);
    const traces = tracesOf(later).filter((trace) => !said.includes(trace));
    expect(traces.length).toBeGreaterThan(LATER);
    const numbers = new Set(later.map(({ seq }) => seq));
    const lastNumber = lastNumberIn(await node.text(`/api/observations/${subjectId(known)}`));
    const shown: string[] = [];
    const live: string[] = [];
    for (const [path, { get }] of Object.entries(paths)) {
      if (get === undefined || path in WITHOUT_MOMENT) continue;
      for (const question of questionsOf(path)) {
        const then = await node.text(`${question}&asOf=${asOf}`);
        expect([question, then.includes('"problem')]).toEqual([question, false]);
        for (const trace of traces) if (then.includes(trace)) shown.push(`${question}: ${trace}`);
        if (lastNumberIn(then) > lastNumber) shown.push(`${question}: #${lastNumberIn(then)}`);
        for (const seq of numbersIn(then)) if (numbers.has(seq)) shown.push(`${question}: ${seq}`);
        const now = await node.text(question);
        if (traces.some((trace) => now.includes(trace))) live.push(path);
      }
    }
    expect(shown).toEqual([]);
    // The same questions about the present do show them, so the test can fail.
    expect([...new Set(live)].toSorted()).toEqual(
      expect.arrayContaining([
        '/api/changes',
        '/api/diff',
        '/api/diff/observations',
        '/api/diff/observations.csv',
        '/api/diff/observations.ndjson',
        '/api/events',
        '/api/log.ndjson',
        '/api/observations',
        '/api/observations.csv',
        '/api/observations.geojson',
        '/api/observations.ndjson',
      ]),
    );
  }, 120_000);

  test('an instant is the last event recorded at or before it', async () => {
    const { body } = await node.get<LogEntryPage>(`/api/events?limit=1&asOf=${asOf}`);
    const instant = body.items[0]?.envelope.time ?? '';
    const last = lastBy(await recordedTimes(node), Date.parse(instant));
    for (const path of ['/api/events', '/api/observations', '/api/centre']) {
      const { body: answer } = await node.get<CentreAnswer>(`${path}?asOf=${instant}`);
      expect([path, answer.asOf]).toEqual([path, last]);
    }
  });

  test('what came later is not there', async () => {
    const recorded = later.find(({ envelope }) => envelope.type === 'observation.recorded.v1');
    for (const path of [
      `/api/events/${asOf + 1}`,
      `/api/observations/${recorded && subjectId(recorded)}`,
    ]) {
      expect((await node.get(path)).status).toBe(200);
      expect((await node.get<Problem>(`${path}?asOf=${asOf}`)).body.code).toBe('not_found');
    }
  });

  test('a moment that has not come is refused by every endpoint, by its name, and nobody has looked', async () => {
    const { body: newest } = await node.get<LogEntryPage>('/api/events?limit=1');
    const beyondHead = newest.asOf + 1;
    const ahead = new Date(node.clock.ms + 7_200_000).toISOString();
    const before = await node.get<ReadPage>('/api/reads?limit=1');
    const asked: string[] = [];
    for (const [path, { get }] of Object.entries(paths)) {
      if (get === undefined || path in WITHOUT_MOMENT) continue;
      for (const question of questionsOf(path)) {
        asked.push(path);
        const future = await node.get<Problem>(`${question}&asOf=${ahead}`);
        expect([question, future.status, future.body.code, future.body.errors]).toMatchObject([
          question,
          422,
          'invalid',
          [{ field: 'asOf', reason: 'not_yet', params: { aheadMs: 7_200_000 } }],
        ]);
        const beyond = await node.get<Problem>(`${question}&asOf=${beyondHead}`);
        expect([question, beyond.status, beyond.body.code, beyond.body.errors]).toMatchObject([
          question,
          422,
          'invalid',
          [{ field: 'asOf', reason: 'as_of_unknown' }],
        ]);
      }
    }
    expect(asked).toContain('/api/log.ndjson');
    // The present itself has come.
    const now = await node.get<CentreAnswer>(
      `/api/centre?asOf=${new Date(node.clock.ms).toISOString()}`,
    );
    expect([now.status, now.body.asOf]).toEqual([200, newest.asOf]);
    for (const [field, query] of [
      ['from', `from=${ahead}`],
      ['to', `from=0&to=${ahead}`],
    ]) {
      for (const path of ['/api/diff', '/api/diff/observations', '/api/diff/observations.csv']) {
        const { status, body } = await node.get<Problem>(`${path}?${query}`);
        expect([path, status, body.errors?.[0]]).toMatchObject([
          path,
          422,
          { field, reason: 'not_yet' },
        ]);
      }
    }
    const after = await node.get<ReadPage>('/api/reads?limit=500');
    const since = after.body.items.filter(({ id }) => id > (before.body.items[0]?.id ?? 0));
    const moments = since.flatMap(({ asOf: first, asOfLast }) => [first, asOfLast]);
    expect(moments).not.toContain(ahead);
    expect(moments).not.toContain(`${beyondHead}`);
  }, 120_000);

  test('an event that lies ahead of the clock has come: a clock may have been set back', async () => {
    const { body } = await node.get<LogEntryPage>('/api/events?limit=1');
    const last = body.items[0]?.envelope.time ?? '';
    const { ms } = node.clock;
    node.clock.ms = Date.parse(last) - 60_000;
    const answered = await node.get<CentreAnswer>(`/api/centre?asOf=${last}`);
    const later = new Date(Date.parse(last) + 1).toISOString();
    const refused = await node.get<Problem>(`/api/centre?asOf=${later}`);
    node.clock.ms = ms;
    expect([answered.status, answered.body.asOf]).toEqual([200, body.asOf]);
    expect(refused.body.errors?.[0]?.reason).toBe('not_yet');
  });

  test.each([
    ['asOf=then', 'asOf', 'not_an_instant'],
    ['asOf=-1', 'asOf', 'not_valid'],
    ['asOf=1.5', 'asOf', 'not_an_instant'],
    ['asOf=999999999', 'asOf', undefined],
    ['asOf=1&asOf=2', 'asOf', 'invalid_type'],
    ['occurredUntil=41', 'occurredUntil', 'not_an_instant'],
    ['occurredUntil=2026-11-14T18:00', 'occurredUntil', 'not_an_instant'],
  ])('%s is refused everywhere', async (query, field, reason) => {
    for (const path of [
      '/api/situation',
      '/api/observations',
      '/api/observations.csv',
      '/api/centre',
    ]) {
      const { status, body } = await node.get<Problem>(`${path}?${query}`);
      expect([path, status, body.code, body.errors?.[0]?.field]).toEqual([
        path,
        422,
        'invalid',
        field,
      ]);
      if (reason !== undefined) expect(body.errors?.[0]?.reason).toBe(reason);
    }
  });
});

describe('as of the present instant', () => {
  test('what is on its way is waited for: the answer is one for ever', async () => {
    const busy = await NodeUnderTest.started();
    Object.defineProperty(busy.clock, 'ms', { get: () => Date.now() });
    let goesOn = true;
    const writer = async () => {
      while (goesOn) await busy.post('/api/observations', report());
    };
    const writers = Array.from({ length: 6 }, writer);
    const ask = async (instant: string) => {
      const { body } = await busy.get<CentreAnswer>(`/api/centre?asOf=${instant}`);
      return [instant, body.asOf] as const;
    };
    const asked: ReturnType<typeof ask>[] = [];
    for (let at = 0; at < 400; at += 1) {
      asked.push(ask(new Date().toISOString()));
      await new Promise((resume) => setTimeout(resume, 3));
    }
    const answers = await Promise.all(asked);
    goesOn = false;
    await Promise.all(writers);
    const again = await Promise.all(answers.map(([instant]) => ask(instant)));
    await busy.end();
    expect(again).toEqual(answers);
    expect(new Set(answers.map(([, seq]) => seq)).size).toBeGreaterThan(20);
  }, 120_000);
});

describe('what occurred until an instant', () => {
  test('is what is known now of what had happened then, and no more than that', async () => {
    const until = '2026-11-18T18:00:00.000Z';
    const figures = async (query: string) => {
      const { body } = await node.get<SituationAnswer>(`/api/situation?zone=UTC&${query}`);
      const list = await node.get<ObservationPage>(
        `/api/observations?limit=1&order=occurred&${query}`,
      );
      expect(body.situation.total).toBe(list.body.matching);
      return { ...body, newest: list.body.items[0]?.when.from ?? '' };
    };
    const then = await figures(`asOf=${until}`);
    const now = await figures(`occurredUntil=${until}`);
    for (const { situation, newest, lastFireItem } of [then, now]) {
      expect(situation.query.at).toBe(until);
      expect(newest < until).toBe(true);
      expect(String(lastFireItem?.at) < until).toBe(true);
    }
    // A report of that afternoon was recorded the next morning: both answers differ.
    expect(now.situation.total).toBeGreaterThan(then.situation.total);
    expect(now.situation.query.occurredUntil).toBe(until);
    const both = await figures(`asOf=${until}&occurredUntil=${until}`);
    expect(both.situation.total).toBe(then.situation.total);
  });
});
