import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../refusal.ts';
import { rangeFromSound, soundSpeed } from './flash-to-bang.ts';

describe('flash to bang', () => {
  it.each([
    [-100, 325],
    [150, 340],
    [350, 352],
  ])('at %i tenths of a degree sound travels %i m in a second', (temperature, speed) => {
    expect(Math.round(soundSpeed(temperature))).toBe(speed);
  });

  it('of 10 seconds at 15 degrees is 3.4 km, give or take half a second', () => {
    const { min, max, bestM } = rangeFromSound({ delayMs: 10_000, temperatureDeciC: 150 });
    expect(bestM).toBe(3403);
    expect([min, max]).toEqual([3204, 3604]);
  });

  it('is not below nothing', () => {
    expect(rangeFromSound({ delayMs: 300, temperatureDeciC: 150 }).min).toBe(0);
  });

  it('is refused without a delay, or in air that nobody stands in', () => {
    expect(() => rangeFromSound({ delayMs: 0, temperatureDeciC: 150 })).toThrow(Refusal);
    expect(() => rangeFromSound({ delayMs: Number.NaN, temperatureDeciC: 150 })).toThrow(Refusal);
    expect(() => rangeFromSound({ delayMs: 301_000, temperatureDeciC: 150 })).toThrow(Refusal);
    expect(() => rangeFromSound({ delayMs: 9000, temperatureDeciC: 1500 })).toThrow(Refusal);
  });
});
