import { describe, expect, test } from '@jest/globals';
import { testChange, testRow } from '../../../testing/test-rows.ts';
import { AT, NO_VERSIONS, standingOf, UNIT } from '../../../testing/test-standing.ts';
import { PlayedLog } from './played-log.ts';

function played(): PlayedLog {
  const recorded = { rows: [], hasOlder: false };
  const map = { rows: [], capped: false };
  const standing = standingOf(0);
  return new PlayedLog({ standing, versions: NO_VERSIONS, recorded, map, filter: {} });
}

/** Recorded so many seconds after ten o'clock. */
const report = (seconds: number, more: Parameters<typeof testRow>[1] = {}) => {
  const time = new Date(Date.parse(AT) + seconds * 1_000).toISOString();
  const row = testRow(seconds, { unit: UNIT, versionRecordedAt: time, ...more });
  return { ...testChange(seconds, row), time };
};

describe('a log that is played', () => {
  test('counts a report when its minute is over, and lists it at once', () => {
    const log = played();
    expect(log.apply([report(20)])).toBe(true);
    expect(log.state()).toMatchObject({
      answer: { situation: { matching: 0, total: 1 }, silentUnits: [{ unit: UNIT }] },
      recorded: [{ number: 20 }],
    });
    log.apply([report(70)]);
    expect(log.state()).toMatchObject({
      seq: 70,
      answer: { situation: { matching: 1, total: 2 }, silentUnits: [] },
      recorded: [{ number: 70 }, { number: 20 }],
    });
  });

  test('knows the last fire item also when it was taken back', () => {
    const log = played();
    log.apply([report(10, { kind: 'burst' }), report(20, { kind: 'burst' }), report(70)]);
    expect(log.state()?.answer.lastFireItem).toMatchObject({ number: 20 });
    const before = testRow(20, { kind: 'burst', unit: UNIT });
    const after = testRow(20, { kind: 'burst', unit: UNIT, status: 'retracted', fromSeq: 71 });
    log.apply([{ ...testChange(71, after, before), time: AT }]);
    expect(log.state()?.answer.lastFireItem).toMatchObject({ number: 10 });
    expect(log.state()?.recorded.map(({ number }) => number)).toEqual([70, 10]);
  });

  test('ends where the frame of its figures is changed, not where a unit moves', () => {
    const of = (type: string) => [{ ...testChange(5, null), subject: 'centre/1', type, time: AT }];
    expect(played().apply(of('area.defined.v1'))).toBe(false);
    expect(played().apply(of('unit.closed.v1'))).toBe(false);
    expect(played().apply(of('unit.moved.v1'))).toBe(true);
  });

  test('draws on the map what stands, as it stood then', () => {
    const log = played();
    log.apply([report(20)]);
    const then = log.state();
    const before = testRow(20, { unit: UNIT });
    log.apply([
      { ...testChange(21, { ...before, fromSeq: 21, status: 'retracted' }, before), time: AT },
    ]);
    expect(log.state()?.map().rows).toEqual([]);
    expect(then?.map().rows.map(({ number }) => number)).toEqual([20]);
  });
});
