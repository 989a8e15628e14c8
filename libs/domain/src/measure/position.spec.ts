import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { describeShared } from '../../../../scripts/beside-the-clone.ts';
import { Refusal } from '../refusal.ts';
import { ENTERED_POSITIONS } from '../testing/entered-cases.ts';
import { type Box, readPosition } from './position.ts';

const box: Box = { west: 45_500_000, south: 38_800_000, east: 48_000_000, north: 40_800_000 };

function verdict(entry: unknown): boolean | 'warn' {
  try {
    return readPosition(entry, { box }).warnings.length > 0 ? 'warn' : true;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'invalid') return false;
    throw error;
  }
}

describe('a position as it is entered', () => {
  it.each(ENTERED_POSITIONS)('gives $in the verdict $ok', ({ in: entry, ok }) => {
    expect(verdict(entry)).toBe(ok);
  });
});

describeShared('corpora/own/coordinates.json', 'the own list of coordinates', (list) => {
  const { cases }: { cases: { in: unknown; ok: boolean | 'warn' }[] } = JSON.parse(
    readFileSync(list, 'utf8'),
  );
  it.each(cases.map((each, index) => ({ ...each, index })))(
    'gives case $index, $in, the verdict $ok',
    ({ in: entry, ok }) => {
      expect(verdict(entry)).toBe(ok);
    },
  );
});

describe('a position', () => {
  it('is stored in 1e-6 degrees, whatever digits were sent beyond', () => {
    const sent = JSON.parse('{"lat": 39.82010000000000123, "lon": 46.75230049999}');
    expect(readPosition(sent).position).toEqual({ lat: 39_820_100, lon: 46_752_300 });
  });

  it('is rounded half to even from its decimal text', () => {
    expect(readPosition({ lat: 1.0000005, lon: 1.0000015 }).position).toEqual({
      lat: 1_000_000,
      lon: 1_000_002,
    });
  });

  it('keeps its altitude in whole metres', () => {
    expect(readPosition({ lat: 39.8201, lon: 46.7523, alt: -430.5 }).position.altM).toBe(-430);
  });

  it('has no minus zero', () => {
    const { position } = readPosition({ lat: -0, lon: -0.0000001 });
    expect([Object.is(position.lat, 0), Object.is(position.lon, 0)]).toEqual([true, true]);
  });

  it('says which of its fields is wrong', () => {
    try {
      readPosition({ lat: '39.8201', lon: 46.7523 }, {}, 'where');
    } catch (error) {
      expect(error instanceof Refusal && error.refused[0]).toMatchObject({
        field: 'where.lat',
        reason: 'not_a_position',
      });
    }
    expect.assertions(1);
  });

  it('has swapped axes only where a mission area tells so', () => {
    expect(readPosition({ lat: 46.7523, lon: 39.8201 }).warnings).toEqual([]);
    expect(readPosition({ lat: 46.7523, lon: 39.8201 }, { box }).warnings[0]?.code).toBe(
      'axes_swapped',
    );
  });
});
