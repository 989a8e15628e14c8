import { describe, expect, test } from '@jest/globals';
import type { Count } from '../measure/count.ts';
import { tellsOfCasualties } from './observation-filter.ts';
import { personsHarmed } from './persons-harmed.ts';

const two: Count = { value: 2, qualifier: 'about', unit: 'person' };
const one: Count = { value: 1, qualifier: 'exact', unit: 'person' };

describe('the persons that a report tells of as harmed', () => {
  test('are those it lists, whatever its kind and whatever else it counts', () => {
    const casualties = [
      { outcome: 'killed' as const, person: 'civilian' as const, count: one },
      { outcome: 'injured' as const, person: 'not_known' as const, count: two },
    ];
    const shells: Count = { value: 9, qualifier: 'exact', unit: 'explosion' };
    expect(personsHarmed({ kind: 'explosion', count: shells, casualties })).toEqual([one, two]);
    expect(personsHarmed({ kind: 'casualty', count: two, casualties })).toEqual([one, two]);
  });

  test('are the own count of a casualty report that lists nobody', () => {
    expect(personsHarmed({ kind: 'casualty', count: two })).toEqual([two]);
    const withheld: Count = { unknown: 'withheld' };
    expect(personsHarmed({ kind: 'casualty', count: withheld, casualties: [] })).toEqual([
      withheld,
    ]);
  });

  test('are of unknown number where such a report counts no persons', () => {
    const once: Count = { value: 1, qualifier: 'exact', unit: 'occurrence' };
    for (const count of [undefined, once]) {
      const told = count === undefined ? {} : { count };
      expect(personsHarmed({ kind: 'casualty', ...told })).toEqual([{ unknown: 'not_known' }]);
    }
  });

  test('are none in any other report', () => {
    const burst = { kind: 'burst' as const, count: two };
    expect(personsHarmed(burst)).toEqual([]);
    expect(tellsOfCasualties(burst)).toBe(false);
    expect(tellsOfCasualties({ kind: 'casualty' })).toBe(true);
  });
});
