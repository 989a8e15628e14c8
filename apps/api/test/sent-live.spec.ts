import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { LiveFrame } from '@ceasewatch/api/contract/live';
import type { ObservationPage, Receipt } from '@ceasewatch/api/contract/observation';
import type { SituationAnswer } from '@ceasewatch/api/contract/situation';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { randomOf } from '@ceasewatch/domain/testing/random';
import { LiveClient } from './testing/live-client.ts';
import { NodeUnderTest } from './testing/node-under-test.ts';
import { commandId, content, match, report } from './testing/reports.ts';
import { until } from './testing/until.ts';

/**
 * What was shown live can be looked up for ever: the lists as of an event are the rows of the frames that a
 * dashboard had been sent by then, and the figures are those that it was answered at that moment.
 */
jest.setTimeout(180_000);

const REPORTS = 40;
const MOMENTS = 50;
const random = randomOf('sent live');

let node: NodeUnderTest;
let client: LiveClient;
let began: number;
let last: number;
/** Answered live, by the last event that was known. */
const figures = new Map<number, SituationAnswer>();

interface Reported {
  readonly id: string;
  revision: number;
  version: number;
  gone: boolean;
}

beforeAll(async () => {
  node = await NodeUnderTest.started();
  const { seq, logId } = node.running.parts.eventLog.head();
  began = seq;
  client = await LiveClient.open(node.url);
  expect(await client.join(seq, logId)).toMatchObject({ answer: 'live' });
  const all: Reported[] = [];
  for (let sent = 0; sent < REPORTS; sent += 1) {
    const { body } = await node.post<Receipt>('/api/observations', report());
    const reported: Reported = { id: body.id, revision: 0, version: 1, gone: false };
    all.push(reported);
    await change(all[random.whole(0, sent)] ?? reported, sent);
    if (sent % 4 === 0) {
      const answer = await node.get<SituationAnswer>('/api/situation?window=24h');
      figures.set(answer.body.situation.seq, answer.body);
    }
  }
  last = node.running.parts.eventLog.head().seq;
  await until(() => client.frames.at(-1)?.seq === last);
});
afterAll(async () => {
  await client.close();
  await node.end();
});

/** Corrects it, takes it back, or brings it back. */
async function change(it: Reported, value: number): Promise<void> {
  const retracts = !it.gone && random.whole(0, 2) === 0;
  const [what, said] = it.gone
    ? ['reinstatement', { reinstates: it.version }]
    : retracts
      ? ['retraction', { retracts: it.version, reason: 'duplicate' }]
      : [
          'corrections',
          {
            corrects: it.version,
            reason: 'count_refined',
            content: content({ count: { value: value + 1, qualifier: 'exact', unit: 'burst' } }),
          },
        ];
  const path = `/api/observations/${it.id}/${what}`;
  const { status, body } = await node.post(path, { id: commandId(), ...said }, match(it.revision));
  expect([path, status, body]).toMatchObject([path, 201, {}]);
  it.revision += 1;
  if (what === 'corrections') it.version += 1;
  else it.gone = retracts;
}

/** What a client has that applied every frame as far as an event. */
function sentBy(seq: number, frames: readonly LiveFrame[]): ReadonlyMap<string, ObservationRow> {
  const rows = new Map<string, ObservationRow>();
  for (const { seq: at, after } of frames.flatMap(({ changes }) => changes)) {
    if (at > seq) break;
    if (after !== null) rows.set(after.id, after);
  }
  return rows;
}

async function listedAsOf(seq: number): Promise<readonly ObservationRow[]> {
  const pages = await Promise.all(
    ['false', 'true'].map((retracted) =>
      node.get<ObservationPage>(`/api/observations?limit=500&retracted=${retracted}&asOf=${seq}`),
    ),
  );
  return pages.flatMap(({ body }) => body.items);
}

/** A row that goes on is open in a frame; later it has an end, which as of then it had not. */
const open = (rows: Iterable<ObservationRow>) =>
  [...rows]
    .map((row) => ({ ...row, toSeq: null }))
    .toSorted((one, other) => one.number - other.number);

describe('as of an event', () => {
  test('the lists are what a live client had been sent by then', async () => {
    expect(last - began).toBe(REPORTS * 2);
    for (let at = 0; at < MOMENTS; at += 1) {
      const seq = random.whole(began + 1, last);
      expect([seq, open(await listedAsOf(seq))]).toEqual([
        seq,
        open(sentBy(seq, client.frames).values()),
      ]);
    }
  });

  test('the figures are what was answered live', async () => {
    expect(figures.size).toBeGreaterThan(5);
    for (const [seq, live] of figures) {
      const { at } = live.situation.query;
      const then = await node.get(`/api/situation?window=24h&at=${at}&asOf=${seq}`);
      expect(then.body).toEqual(live);
    }
  });
});
