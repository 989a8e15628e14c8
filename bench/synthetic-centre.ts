import type { CentreFile } from '@ceasewatch/domain/centre/centre-file';
import { DAY_MS, formatInstant } from '@ceasewatch/domain/measure/instant';
import { exerciseCentre } from '@ceasewatch/domain/testing/exercise-centre';
import {
  contingentOf,
  FIRST,
  idOf,
  OFFICERS,
  SECTORS,
  stripOf,
  UNITS,
} from './synthetic-events.ts';

/**
 * The centre that the synthetic reports are of, a day older than the first of them. It has the exercise's
 * units and officers too, so that whoever reports to one reports to the other.
 */
export const FOUNDED = FIRST - DAY_MS;

export function syntheticCentre(): CentreFile {
  const from = formatInstant(FOUNDED);
  const centre = exerciseCentre(FOUNDED);
  return {
    ...centre,
    units: [
      ...centre.units,
      ...numbered(UNITS, (n) => ({
        unit: idOf(UNITS.first + n),
        kind: 'post' as const,
        name: `Post ${n}`,
        position: { lat: 40_000_000, lon: 46_800_000 + n * 10_000, errorM: 10 },
        contingent: contingentOf(n),
        from,
      })),
    ],
    areas: numbered(SECTORS, (n) => ({
      area: idOf(SECTORS.first + n),
      kind: 'sector',
      name: { en: `Sector ${n}` },
      shape: 'polygon',
      vertices: cornersOf(n),
      from,
    })),
    officers: [
      ...centre.officers,
      ...numbered(OFFICERS, (n) => ({
        officer: idOf(OFFICERS.first + n),
        contingent: contingentOf(n),
        role: 'operator' as const,
        name: `Officer ${n}`,
      })),
    ],
  };
}

function cornersOf(sector: number): [number, number][] {
  const { west, east, south, north } = stripOf(sector);
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}

function numbered<One>({ many }: { readonly many: number }, one: (n: number) => One): One[] {
  return Array.from({ length: many }, (_, n) => one(n));
}
