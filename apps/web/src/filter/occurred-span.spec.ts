import { describe, expect, it } from '@jest/globals';
import { readSpan, spanText } from './occurred-span.ts';

/** Sunday 22 November 2026, 13:00 at Baku. */
const RULES = { now: Date.UTC(2026, 10, 22, 9), zone: 'Asia/Baku' };

describe('the time of a list', () => {
  it.each([
    ['1158', '', { from: '2026-11-22T07:58:00.000Z' }],
    ['', '1158', { to: '2026-11-22T07:58:00.000Z' }],
    ['2100', '', { from: '2026-11-21T17:00:00.000Z' }],
    ['0958C', '', { from: '2026-11-22T06:58:00.000Z' }],
    [
      ' 181358D FEB 21 ',
      '191358Z FEB 21',
      { from: '2021-02-18T09:58:00.000Z', to: '2021-02-19T13:58:00.000Z' },
    ],
    ['2350', '0010', { from: '2026-11-21T19:50:00.000Z', to: '2026-11-21T20:10:00.000Z' }],
    // Nothing has been until 2200 today, so it is the night before, from the morning before it.
    ['0900', '2200', { from: '2026-11-21T05:00:00.000Z', to: '2026-11-21T18:00:00.000Z' }],
    ['', ' ', {}],
  ])('from %p until %p is read as a time of any form is', (from, to, span) => {
    expect(readSpan({ from, to }, {}, RULES)).toEqual(span);
  });

  it.each([
    ['yesterday', '', 'from', 'not_a_clock_time'],
    ['', '2560', 'to', 'not_a_clock_time'],
    ['', '310000Z FEB 21', 'to', 'not_a_date_time_group'],
    ['1158J', '', 'from', 'letter_tells_no_zone'],
    ['181358D FEB 21', '171358D FEB 21', 'to', 'ends_before_it_begins'],
    ['1158', '1158', 'to', 'ends_before_it_begins'],
  ])('from %p until %p is refused at the field', (from, to, field, reason) => {
    expect(() => readSpan({ from, to }, {}, RULES)).toThrow(
      expect.objectContaining({ refused: [expect.objectContaining({ field, reason })] }),
    );
  });

  it('keeps a bound that nobody touched to the second, whatever its year and zone', () => {
    const now = { from: '1994-05-12T00:00:07.000Z', to: '2026-11-22T07:58:30.000Z' };
    const rules = { ...RULES, zone: 'Asia/Kabul' };
    const shown = spanText(now, rules.zone);
    expect(shown.from).toBe('120430+0430 MAY 94');
    expect(readSpan(shown, now, rules)).toEqual(now);
    expect(readSpan({ ...shown, from: '' }, now, rules)).toEqual({ to: now.to });
  });
});
