import type { ChartBucket } from '@ceasewatch/domain/situation/situation';
import { describe, expect, it } from '@jest/globals';
import { markingOf } from './chart-marking.ts';

/** Four hours from 10 to 14. */
const buckets = [10, 11, 12, 13].map((hour): Pick<ChartBucket, 'from' | 'to'> => ({
  from: `2026-11-22T${hour}:00:00.000Z`,
  to: `2026-11-22T${hour + 1}:00:00.000Z`,
}));
const drawn = (at: string, to: string | null) =>
  markingOf({ at, to, label: '' }, buckets).map(({ at: begin, to: end }) => [begin, end]);

describe('what was agreed', () => {
  it('stands where it was on the axis', () => {
    expect(drawn('2026-11-22T11:30:00.000Z', null)).toEqual([[1, null]]);
    expect(drawn('2026-11-22T11:30:00.000Z', '2026-11-22T13:00:00.000Z')).toEqual([[1, 2.5]]);
  });

  it('is cut to the axis where it began before or ends after it', () => {
    expect(drawn('2026-11-01T00:00:00.000Z', '2026-11-22T12:00:00.000Z')).toEqual([[-0.5, 1.5]]);
    expect(drawn('2026-11-22T12:00:00.000Z', '2026-12-01T00:00:00.000Z')).toEqual([[1.5, 3.5]]);
  });

  it('is drawn when it encloses the whole axis', () => {
    expect(drawn('2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z')).toEqual([[-0.5, 3.5]]);
  });

  it('is not drawn before or behind the axis', () => {
    expect(drawn('2026-11-01T00:00:00.000Z', null)).toEqual([]);
    expect(drawn('2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z')).toEqual([]);
    expect(drawn('2026-11-22T14:00:00.000Z', '2026-12-01T00:00:00.000Z')).toEqual([]);
  });
});
