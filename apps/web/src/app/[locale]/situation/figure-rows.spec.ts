import { describe, expect, it } from '@jest/globals';
import { NOTHING_COUNTED } from '@ceasewatch/domain/measure/count-sum';
import { FIRE_ITEMS } from '@ceasewatch/domain/observation/vocabulary';
import type { Figure } from '@ceasewatch/domain/situation/situation';
import { rowsOfFigure } from './figure-rows.ts';

const figure: Figure = {
  from: '2026-11-21T10:00:00.000Z',
  to: '2026-11-22T10:00:00.000Z',
  reports: 3,
  items: NOTHING_COUNTED,
  previousReports: 0,
  daily: [],
  median: 0,
};
const span = { from: figure.from, to: figure.to };

describe('the rows of a figure', () => {
  it('are those of its rule in its window', () => {
    expect(rowsOfFigure('fireItems', figure, {})).toEqual({ kind: FIRE_ITEMS, ...span });
    expect(rowsOfFigure('heavyWeapons', figure, {})).toEqual({ group: ['heavy_weapons'], ...span });
    expect(rowsOfFigure('casualties', figure, {})).toEqual({ casualties: true, ...span });
  });

  it('keep the filters of the screen', () => {
    const filter = { sector: ['none'], kind: ['shot', 'uav'] } as const;
    expect(rowsOfFigure('fireItems', figure, filter)).toEqual({
      sector: ['none'],
      kind: ['shot'],
      ...span,
    });
  });

  it('are none where rule and filter exclude each other', () => {
    expect(rowsOfFigure('heavyWeapons', figure, { group: ['blast'] })).toBeNull();
    expect(rowsOfFigure('lateReports', figure, { late: false })).toBeNull();
  });
});
