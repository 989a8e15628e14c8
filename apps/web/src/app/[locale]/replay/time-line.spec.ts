import { describe, expect, test } from '@jest/globals';
import { densityOf, instantAt, placeOf, seqAt, type TimeLine, timeLineOf } from './time-line.ts';

/** Four hours: three events, silence, eleven events, one. */
const LINE: TimeLine = { from: 0, to: 4 * 3_600_000, before: -1, through: [2, 2, 13, 14] };

describe('the line of the log', () => {
  test('has as many events in its parts as there are', () => {
    expect(densityOf(LINE)).toEqual([3, 0, 11, 1]);
    expect(densityOf({ ...LINE, before: 1, through: [2, 4] })).toEqual([1, 2]);
  });

  test('leads from an event to its place and back to the same event', () => {
    for (let seq = 0; seq <= 14; seq += 1) expect(seqAt(LINE, placeOf(LINE, seq))).toBe(seq);
  });

  test('never goes back when one goes on', () => {
    const shown = Array.from({ length: 401 }, (_, step) => seqAt(LINE, step / 400));
    expect(shown).toEqual(shown.toSorted((a, b) => a - b));
    expect([shown[0], shown.at(-1)]).toEqual([0, 14]);
  });

  test('stands still where nothing was recorded', () => {
    expect([seqAt(LINE, 0.26), seqAt(LINE, 0.4), seqAt(LINE, 0.49)]).toEqual([2, 2, 2]);
  });

  test('ends with its ends, whatever is asked beyond them', () => {
    expect([seqAt(LINE, -3), seqAt(LINE, 7), placeOf(LINE, 99)]).toEqual([0, 14, 1]);
    expect([instantAt(LINE, -1), instantAt(LINE, 0.5), instantAt(LINE, 2)]).toEqual([
      0, 7_200_000, 14_400_000,
    ]);
  });

  test('of one event is a line all the same', () => {
    const one = { from: 5, to: 5, before: -1, through: [0, 0, 0] };
    expect([placeOf(one, 0), seqAt(one, 1), seqAt(one, 0)]).toEqual([1 / 3, 0, 0]);
  });

  test('of no event is none', () => {
    expect(timeLineOf({ asOf: -1, from: null, to: null, before: -1, through: [] })).toBeNull();
  });
});
