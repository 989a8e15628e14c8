import { describe, expect, test } from '@jest/globals';
import { ApiProblem } from '../../../api/api-problem.ts';
import { type Ask, seqOf, targetIn } from './go-to-target.ts';

const RULES = { now: Date.parse('2026-11-22T12:00:00Z'), zone: 'Asia/Baku' };
const ID = '019aa9c0-7d3e-7a41-8c55-0000000186a7';

describe('what is typed to go to', () => {
  test.each([
    ['41342', { to: 'event', seq: 41_342 }],
    [' #41,342 ', { to: 'event', seq: 41_342 }],
    ['no. 7', { to: 'observation', number: 7 }],
    ['No 1,204', { to: 'observation', number: 1_204 }],
    [ID.toUpperCase(), { to: 'id', id: ID }],
    ['2026-11-14T18:00:00+04:00', { to: 'instant', instant: '2026-11-14T14:00:00.000Z' }],
    ['141800D NOV 26', { to: 'instant', instant: '2026-11-14T14:00:00.000Z' }],
    ['1358C', { to: 'instant', instant: '2026-11-22T10:58:00.000Z' }],
  ])('%s is understood', (text, target) => {
    expect(targetIn(text, RULES)).toEqual(target);
  });

  test.each(['', 'yesterday', '991358D FEB 21', 'no. x', '2026-11-14T25:00:00Z'])(
    '“%s” is refused',
    (text) => {
      expect(() => targetIn(text, RULES)).toThrow(expect.objectContaining({ code: 'invalid' }));
    },
  );
});

describe('the event that is meant', () => {
  const answers =
    (table: Readonly<Record<string, unknown>>): Ask =>
    (path, search) => {
      const answer = table[search === undefined ? path : `${path}?${search.toString()}`];
      if (answer === undefined)
        return Promise.reject(new ApiProblem('not_found', 404, 'no such thing', null));
      // A table of answers as the api gives them.
      return Promise.resolve(answer) as ReturnType<Ask> as Promise<never>;
    };

  test('of an observation is its first', async () => {
    const ask = answers({
      '/api/observations/7': { versions: [{ eventSeq: 12 }, { eventSeq: 90 }] },
    });
    expect(await seqOf({ to: 'observation', number: 7 }, ask)).toBe(12);
    expect(await seqOf({ to: 'observation', number: 8 }, ask)).toBeNull();
  });

  test('of an id that no observation has is looked for in the log', async () => {
    const ask = answers({
      [`/api/events?q=${ID}&limit=50`]: {
        items: [
          { seq: 5, envelope: { id: 'another that names it' } },
          { seq: 4, envelope: { id: ID } },
        ],
      },
    });
    expect(await seqOf({ to: 'id', id: ID }, ask)).toBe(4);
  });

  test('of a time is the last one recorded by then, and none before the first', async () => {
    const at = '2026-11-14T14:00:00.000Z';
    const search = new URLSearchParams({ from: at, to: at }).toString();
    const told = (seq: number) => answers({ [`/api/log/moments?${search}`]: { through: [seq] } });
    expect(await seqOf({ to: 'instant', instant: at }, told(40))).toBe(40);
    expect(await seqOf({ to: 'instant', instant: at }, told(-1))).toBeNull();
  });
});
