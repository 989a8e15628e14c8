import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { offsetMinutes } from '../measure/zone.ts';
import { firstMinuteAt, offsetAt, zoneOffsets } from './zone-offsets.ts';

const ZONES = [
  'UTC',
  'Europe/Moscow',
  'Asia/Baku',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
];
const FROM = Date.UTC(1990, 0, 1) / 60_000;
const TO = Date.UTC(2027, 0, 1) / 60_000;

describe('the offsets of a zone', () => {
  test('are those of the engine at every minute', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), fc.integer({ min: FROM, max: TO }), (zone, minute) => {
        expect(offsetAt(zoneOffsets(zone, FROM, TO), minute)).toBe(
          offsetMinutes(zone, minute * 60_000),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  test('lead from a time of day back to the first minute that shows it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), fc.integer({ min: FROM, max: TO }), (zone, minute) => {
        const offsets = zoneOffsets(zone, FROM, TO);
        const local = minute + offsetAt(offsets, minute);
        const first = firstMinuteAt(offsets, local);
        expect(first).toBeLessThanOrEqual(minute);
        expect(first + offsetAt(offsets, first)).toBe(local);
      }),
      { numRuns: 1_000 },
    );
  });
});
