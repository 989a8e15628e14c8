import type { Position } from '@ceasewatch/domain/centre/centre.events';
import { formatMgrs, type GridDigits, spacedMgrs } from '@ceasewatch/domain/measure/mgrs';
import { coordinates } from '../../../format/places.ts';
import type { Words } from '../../../format/words.ts';

/** `38S PK 6476 2876`, with as many digits as the error of the position supports; empty near the poles. */
export function gridOf(
  position: Pick<Position, 'lat' | 'lon'> & { readonly errorM?: number },
): string {
  const grid = formatMgrs(position, digitsFor(position.errorM ?? 100));
  return grid === undefined ? '' : spacedMgrs(grid);
}

function digitsFor(errorM: number): GridDigits {
  if (errorM < 5) return 10;
  if (errorM < 50) return 8;
  return errorM < 500 ? 6 : 4;
}

export function latLonOf(position: Pick<Position, 'lat' | 'lon'>, words: Words): string {
  return coordinates(position, words);
}
