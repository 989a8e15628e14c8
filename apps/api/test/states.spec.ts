import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { QueryBus } from '@nestjs/cqrs';
import type { LogEntryPage } from '@ceasewatch/api/contract/log';
import type { ObservationPage } from '@ceasewatch/api/contract/observation';
import type { Problem } from '@ceasewatch/api/contract/problem';
import type { SituationAnswer } from '@ceasewatch/api/contract/situation';
import type { StatesAnswer } from '@ceasewatch/api/contract/states';
import { ReadModel } from '../src/read-model/read-model.ts';
import { AskStates } from '../src/situation/states.queries.ts';
import { NodeUnderTest } from './testing/node-under-test.ts';

let node: NodeUnderTest;
let head: number;

beforeAll(async () => {
  node = await NodeUnderTest.amidExercise();
  head = (await node.get<LogEntryPage>('/api/events?limit=1')).body.asOf;
}, 120_000);
afterAll(() => node.end());

describe('the states of a log that is played', () => {
  test.each([
    'window=30d',
    'window=6h&kind=burst,shot,explosion',
    'window=7d&contingent=alfa',
    'window=24h&late=false&zone=Asia/Kathmandu',
    'window=all&located=true',
    'window=30d&retracted=true',
  ])(
    'are at each event what is asked as of it: %s',
    async (view) => {
      let matching = 0;
      let lasted = 0;
      for (const step of [1, 30]) {
        // Over the beginning of the log, where the centre is still being founded, and over its middle.
        for (const begin of [0, Math.floor(head / 2)]) {
          const events = Array.from({ length: 20 }, (_, place) => begin + place * step);
          const asked = `/api/situation/states?${view}&events=${events.join()}`;
          const { states, rows } = (await node.get<StatesAnswer>(asked)).body;
          expect(states.map(({ situation }) => situation.seq)).toEqual(events);
          for (const { recorded, ...told } of states) {
            const { seq, window } = told.situation;
            const as = `${view}&asOf=${seq}`;
            expect(told).toEqual((await node.get<SituationAnswer>(`/api/situation?${as}`)).body);
            const list = `${as.replace(/window=\w+&|zone=[\w/]+&/g, '')}&from=${window.from}&limit=40`;
            const { items, next } = (await node.get<ObservationPage>(`/api/observations?${list}`))
              .body;
            expect(
              recorded.versions.map((event) => rows.find((row) => row.fromSeq === event)),
            ).toEqual(items);
            expect(recorded.next).toBe(next);
            matching += told.situation.matching;
            lasted += recorded.versions.length;
          }
          expect(new Set(rows.map(({ fromSeq }) => fromSeq)).size).toBe(rows.length);
        }
      }
      // A comparison of nothing with nothing would say nothing.
      expect([matching > 0, lasted > 0]).toEqual([true, true]);
    },
    120_000,
  );

  test('cost nothing more once whoever asked has gone', async () => {
    const { app } = node.running;
    const read = jest.spyOn(app.get(ReadModel, { strict: false }), 'read');
    const leaving = new AbortController();
    const events = Array.from({ length: 20 }, (_, at) => at);
    const asked = new AskStates(events, { window: '24h', filter: {} }, leaving.signal);
    const states = app.get(QueryBus, { strict: false }).execute(asked);
    leaving.abort(new Error('gone'));
    await expect(states).rejects.toThrow('gone');
    expect(read.mock.calls.length).toBeLessThan(events.length);
    read.mockRestore();
  });

  test.each([
    ['events=', 'events.0'],
    ['events=5,4', 'events'],
    ['events=4,4', 'events'],
    ['events=-1', 'events.0'],
    ['events=1.5', 'events.0'],
    [`events=${Array.from({ length: 21 }, (_, at) => at).join()}`, 'events'],
    ['events=999999999', 'events'],
    ['events=4&q=mill', 'q'],
    ['events=4&from=2026-11-01T00:00:00Z', 'from'],
  ])('are refused: %s', async (query, field) => {
    const { status, body } = await node.get<Problem>(`/api/situation/states?${query}`);
    expect([status, body.errors?.[0]?.field]).toEqual([422, field]);
  });
});
