import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LogMoments } from '@ceasewatch/api/contract/log-moments';
import type { Problem } from '@ceasewatch/api/contract/problem';
import { NodeUnderTest } from './testing/node-under-test.ts';
import { lastBy, recordedTimes } from './testing/recorded-times.ts';

let node: NodeUnderTest;
let times: readonly number[];

beforeAll(async () => {
  node = await NodeUnderTest.amidExercise();
  times = await recordedTimes(node);
}, 120_000);
afterAll(() => node.end());

const ask = async (query: string) => (await node.get<LogMoments>(`/api/log/moments?${query}`)).body;

describe('the moments of the log', () => {
  test('cut its whole life into equal parts and name the last event of each', async () => {
    const { asOf, from, to, before, through } = await ask('parts=37');
    expect([asOf, before, through.at(-1)]).toEqual([times.length - 1, -1, times.length - 1]);
    const [begin, end] = [Date.parse(from ?? ''), Date.parse(to ?? '')];
    expect(begin).toBe(times[0]);
    expect(through).toEqual(
      Array.from({ length: 37 }, (_, part) =>
        lastBy(times, Math.floor(begin + ((end - begin) * (part + 1)) / 37)),
      ),
    );
  });

  test('of a stretch begin with the last event before it', async () => {
    const at = Math.floor(times.length / 3);
    const from = times[at] ?? 0;
    const asked = `from=${new Date(from).toISOString()}&to=${new Date(from + 86_400_000).toISOString()}`;
    const { before, through } = await ask(`${asked}&parts=24`);
    expect(before).toBe(lastBy(times, from - 1));
    expect(through).toEqual(
      Array.from({ length: 24 }, (_, hour) => lastBy(times, from + (hour + 1) * 3_600_000)),
    );
  });

  test('as of an event end with it', async () => {
    const asOf = times.length - 200;
    const { through, to } = await ask(`parts=400&asOf=${asOf}`);
    expect(Math.max(...through)).toBe(asOf);
    expect(Date.parse(to ?? '')).toBe(Math.max(...times.slice(0, asOf + 1)));
  });

  test('of a stretch before the log are none, and of one after it its last event', async () => {
    const old = 'from=2001-01-01T00:00:00Z&to=2001-01-02T00:00:00Z&parts=2';
    expect((await ask(old)).through).toEqual([-1, -1]);
    const coming = 'from=2099-01-01T00:00:00Z&to=2099-01-02T00:00:00Z&parts=2';
    expect((await ask(coming)).through).toEqual([times.length - 1, times.length - 1]);
  });

  test('of a stretch that ends before it begins are refused', async () => {
    const asked = 'from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z';
    const { status, body } = await node.get<Problem>(`/api/log/moments?${asked}`);
    expect([status, body.errors?.[0]?.reason]).toEqual([422, 'ends_before_it_begins']);
  });

  test('of a log that is not that long are refused', async () => {
    const { status } = await node.get(`/api/log/moments?asOf=${times.length}`);
    expect(status).toBe(422);
  });
});
