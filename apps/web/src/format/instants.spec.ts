import { describe, expect, it } from '@jest/globals';
import { clockOrDay, date, day, dtg, endOfMinute, millis, spanOf, zoneLetter } from './instants.ts';

const ms = millis('2021-02-18T09:58:30.000Z');

describe('instants on a screen', () => {
  it('are date-time groups with the letter of their zone', () => {
    expect(dtg(ms, 'Asia/Baku')).toBe('181358D FEB 21');
    expect(dtg(ms, 'Europe/Moscow')).toBe('181258C FEB 21');
    expect(dtg(ms, 'UTC')).toBe('180958Z FEB 21');
  });

  it('show the offset where a zone has no letter', () => {
    expect(zoneLetter('Asia/Kolkata', ms)).toBe('+0530');
  });

  it('are dates that cannot be misread', () => {
    expect(day(ms, 'Asia/Baku')).toBe('18 FEB');
    expect(date(millis('2020-11-09T21:00:00.000Z'), 'Europe/Moscow')).toBe('10 NOV 2020');
  });

  it('carry their date unless it is today, and their year unless it is this one', () => {
    expect(clockOrDay(ms, 'Asia/Baku', ms + 3_600_000)).toBe('13:58');
    expect(clockOrDay(ms, 'Asia/Baku', ms + 86_400_000)).toBe('18 FEB 13:58');
    expect(clockOrDay(ms, 'Asia/Baku', ms + 365 * 86_400_000)).toBe('18 FEB 2021 13:58');
  });

  it('end a window with the minute that runs', () => {
    expect(endOfMinute(ms)).toBe(millis('2021-02-18T09:59:00.000Z'));
    expect(endOfMinute(millis('2021-02-18T09:59:00.000Z'))).toBe(
      millis('2021-02-18T10:00:00.000Z'),
    );
  });

  it('are cut into days, hours, minutes and seconds, never below nothing', () => {
    expect(spanOf(100 * 86_400_000 + 9 * 3_600_000 + 58 * 60_000)).toEqual({
      days: 100,
      hours: 9,
      minutes: 58,
      seconds: 0,
    });
    expect(spanOf(-5)).toEqual({ days: 0, hours: 0, minutes: 0, seconds: 0 });
  });
});
