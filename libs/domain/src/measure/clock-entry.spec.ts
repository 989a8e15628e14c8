import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../refusal.ts';
import {
  formatDtg,
  latestClockTime,
  letterOf,
  minutesOfLetter,
  parseDtg,
  ZONE_LETTERS,
} from './clock-entry.ts';

const at = (instant: string) => Date.parse(instant);

describe('a zone letter', () => {
  it('is C for Moscow and Ankara, D for Baku and Yerevan, Z for UTC', () => {
    expect([letterOf(180), letterOf(240), letterOf(0)]).toEqual(['C', 'D', 'Z']);
  });

  it('is one of 25: J names no zone', () => {
    expect(ZONE_LETTERS).toHaveLength(25);
    expect(minutesOfLetter('J')).toBeUndefined();
    expect([minutesOfLetter('M'), minutesOfLetter('Y'), minutesOfLetter('K')]).toEqual([
      720, -720, 600,
    ]);
    expect(letterOf(330)).toBeUndefined();
    expect(letterOf(840)).toBeUndefined();
  });
});

describe('a date-time group', () => {
  it('names the minute in its zone', () => {
    expect(parseDtg('221358C NOV 26')).toEqual({
      ms: at('2026-11-22T10:58:00Z'),
      letter: 'C',
      offsetMinutes: 180,
    });
    expect(parseDtg('221358znov2026').ms).toBe(at('2026-11-22T13:58:00Z'));
    expect(formatDtg(at('2026-11-22T10:58:59.999Z'), 'D')).toBe('221458D NOV 26');
  });

  it.each([
    '',
    '221358 NOV 26',
    '221358J NOV 26',
    '311358Z NOV 26',
    '292400Z FEB 24',
    '290000Z FEB 26',
    '221358Z NOW 26',
  ])('refuses %j', (text) => {
    expect(() => parseDtg(text)).toThrow(Refusal);
  });

  it('comes back from its own text', () => {
    const minutes = fc.integer({
      min: at('2000-01-02T00:00:00Z') / 60_000,
      max: at('2099-12-30T00:00:00Z') / 60_000,
    });
    fc.assert(
      fc.property(minutes, fc.constantFrom(...ZONE_LETTERS), (minute, letter) => {
        expect(parseDtg(formatDtg(minute * 60_000, letter))).toMatchObject({
          ms: minute * 60_000,
          letter,
        });
      }),
    );
  });
});

describe('a clock time', () => {
  const baku = (text: string, now: string) =>
    latestClockTime(text, { now: at(now), zone: 'Asia/Baku' });

  it('is the latest such time that is not in the future, with its date', () => {
    expect(baku('1358', '2026-11-22T10:00:07Z')).toEqual({
      ms: at('2026-11-22T09:58:00Z'),
      offsetMinutes: 240,
      letter: 'D',
      date: '2026-11-22',
    });
    expect(baku('2350', '2026-11-22T10:00:07Z')).toMatchObject({
      ms: at('2026-11-21T19:50:00Z'),
      date: '2026-11-21',
    });
    expect(baku('14:00', '2026-11-22T10:00:07Z').date).toBe('2026-11-22');
    expect(baku('1401', '2026-11-22T10:00:07Z').date).toBe('2026-11-21');
  });

  it('knows that after midnight here it is still yesterday in UTC', () => {
    expect(baku('0005', '2026-11-21T20:10:00Z')).toMatchObject({
      ms: at('2026-11-21T20:05:00Z'),
      date: '2026-11-22',
    });
  });

  it('follows its own letter rather than the zone of entry', () => {
    expect(baku('1258c', '2026-11-22T10:00:07Z')).toMatchObject({
      ms: at('2026-11-22T09:58:00Z'),
      letter: 'C',
    });
    expect(() => baku('1258J', '2026-11-22T10:00:07Z')).toThrow(Refusal);
  });

  it('has no letter where the zone is not whole hours off', () => {
    const { letter, offsetMinutes } = latestClockTime('1200', {
      now: at('2026-11-22T10:00:00Z'),
      zone: 'Asia/Kolkata',
    });
    expect([letter, offsetMinutes]).toEqual([undefined, 330]);
  });

  it('skips a day on which the clocks jumped over it, and takes the later of two', () => {
    const berlin = (text: string, now: string) =>
      latestClockTime(text, { now: at(now), zone: 'Europe/Berlin' });
    expect(berlin('0230', '2021-03-28T10:00:00Z').date).toBe('2021-03-27');
    expect(berlin('0230', '2021-10-31T10:00:00Z').ms).toBe(at('2021-10-31T01:30:00Z'));
  });

  it.each(['', '2400', '1260', '958', '9:58', '13.58', '1358CC', '１３５８'])(
    'refuses %j',
    (text) => {
      expect(() => baku(text, '2026-11-22T10:00:07Z')).toThrow(Refusal);
    },
  );

  it('is never in the future and less than a day old where clocks do not change', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') }),
        (minute, now) => {
          const text = `${String(Math.floor(minute / 60)).padStart(2, '0')}${String(minute % 60).padStart(2, '0')}`;
          const { ms } = latestClockTime(text, { now, zone: 'Asia/Baku' });
          expect(ms).toBeLessThanOrEqual(now);
          expect(now - ms).toBeLessThan(86_400_000);
        },
      ),
    );
  });
});
