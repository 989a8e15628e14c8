import { describe, expect, it } from '@jest/globals';
import { beginningBefore, readMinute } from './entered-minute.ts';

/** Sunday 22 November 2026, 00:20 at Baku. */
const RULES = { now: Date.UTC(2026, 10, 21, 20, 20), zone: 'Asia/Baku' };
const read = (text: string) => readMinute(text, RULES, 'time');
const utc = (day: number, hour: number, minute: number) => Date.UTC(2026, 10, day, hour, minute);

describe('a time that is typed', () => {
  it.each([
    ['0010', utc(21, 20, 10), 'Asia/Baku', false],
    ['00:30', utc(20, 20, 30), 'Asia/Baku', false],
    ['2310C', utc(21, 20, 10), 'Europe/Moscow', false],
    ['220010d nov 26', utc(21, 20, 10), 'Asia/Baku', true],
    ['212010Z NOV 26', utc(21, 20, 10), 'UTC', true],
    ['211510R NOV 26', utc(21, 20, 10), 'Etc/GMT+5', true],
  ])('as %p is that minute, and says whose clock', (text, ms, zone, dated) => {
    expect(read(text)).toEqual({ ms, zone, dated });
  });

  it('without a date begins the night before an end that comes first', () => {
    expect(beginningBefore(read('2350'), read('0010'))).toBe(utc(21, 19, 50));
    // Half past midnight is yet to come, so it was yesterday's, and so was the beginning.
    expect(beginningBefore(read('0015'), read('0030'))).toBe(utc(20, 20, 15));
  });

  it('with its date is never moved to another day', () => {
    expect(beginningBefore(read('220010D NOV 26'), read('2350'))).toBe(utc(21, 20, 10));
  });
});
