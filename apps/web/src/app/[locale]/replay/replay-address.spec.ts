import { describe, expect, test } from '@jest/globals';
import { replayAddressOf, replayMoved } from './replay-address.ts';

const moved = (from: string, move: Parameters<typeof replayMoved>[1]) =>
  replayMoved(new URLSearchParams(from), move).toString();

describe('the address of the replay', () => {
  test('has nothing to say about what nobody chose', () => {
    expect(replayAddressOf(new URLSearchParams('asof=7&group=air'))).toEqual({
      pinned: null,
      comparing: false,
      axis: 'recorded',
      step: 'event',
    });
    expect(moved('step=kind&axis=occurred', { step: 'event', axis: 'recorded' })).toBe('');
  });

  test('says again what it was told', () => {
    const told = { pinned: 0, comparing: true, axis: 'occurred', step: 'observation' } as const;
    expect(replayAddressOf(replayMoved(new URLSearchParams(), told))).toEqual(told);
  });

  test('keeps filters and everything else that stands in it', () => {
    expect(
      moved('group=air&asof=3&window=7d', { asOf: 0, until: '2026-11-14T18:00:00.000Z' }),
    ).toBe('group=air&asof=0&window=7d&until=2026-11-14T18%3A00%3A00.000Z');
    expect(moved('asof=3&until=x&sector=north', { until: null })).toBe('asof=3&sector=north');
  });

  test('shows no difference from nothing', () => {
    expect(moved('pin=4&view=difference&asof=9', { pinned: null })).toBe('asof=9');
    expect(replayAddressOf(new URLSearchParams('view=difference')).comparing).toBe(false);
  });

  test('a word that is in no list is no word', () => {
    const typed = new URLSearchParams('axis=sideways&step=none&pin=-4&view=');
    expect(replayAddressOf(typed)).toEqual(replayAddressOf(new URLSearchParams()));
  });
});
