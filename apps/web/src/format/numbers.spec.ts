import { describe, expect, it } from '@jest/globals';
import {
  decimalDegrees,
  degrees,
  difference,
  half,
  kilometres,
  whole,
  wholeIn,
} from './numbers.ts';

describe('numbers on a screen', () => {
  it('group their thousands', () => {
    expect([0, 812, 6_204, 1_000_000].map(whole)).toEqual(['0', '812', '6,204', '1,000,000']);
  });

  it('are read back as they are shown, and with what people put before them', () => {
    expect(['41,342', '#41342', ' 7 ', '0'].map(wholeIn)).toEqual([41_342, 41_342, 7, 0]);
    for (const none of [null, '', '1e3', '-1', '0x10', '1.5', '9'.repeat(16)]) {
      expect(wholeIn(none)).toBeNull();
    }
  });

  it('keep the half of a median', () => {
    expect([34.5, 35, 0.5].map(half)).toEqual(['34.5', '35', '0.5']);
  });

  it('carry the sign of a difference', () => {
    expect([6, -3, 0, -0.5, 3.5].map(difference)).toEqual(['+6', '−3', '±0', '−0.5', '+3.5']);
  });

  it('say a bearing with three digits and 360 as north', () => {
    expect([84_000, 359_700, 0, 9_499].map(degrees)).toEqual(['084', '000', '000', '009']);
  });

  it('round metres to tenths of a kilometre', () => {
    expect([3_000, 3_449, 999].map(kilometres)).toEqual(['3.0', '3.4', '1.0']);
  });

  it('show coordinates to five digits', () => {
    expect([40_023_456, -5].map(decimalDegrees)).toEqual(['40.02346', '−0.00001']);
  });
});
