import { trueArc } from '@ceasewatch/domain/measure/angle';
import { spacedMgrs } from '@ceasewatch/domain/measure/mgrs';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { decimalDegrees } from './numbers.ts';
import { bearing, distance, offTrueNorth, range, unknown } from './quantities.ts';
import type { Names, Words } from './words.ts';

type Where = ObservationRow['where'];

/**
 * Where, as it was told: nothing is turned into a point that was not one, a grid reference stays one,
 * and degrees of another datum say so.
 *
 * @param direction the bearing or sector as it was entered; without it, degrees off true north
 */
export function place(where: Where, words: Words, names: Names, direction?: string): string {
  switch (where.form) {
    case 'point':
      return words('sentence.pointError', {
        place: pointAsTold(where, words),
        error: distance(where.errorM, words),
      });
    case 'relative':
      return relative(where, words, names, direction);
    case 'line':
      return line(where, words, names);
    case 'area':
      return words('sentence.area', { area: nameOf(where.area, where.name, names) });
    case 'unknown':
      return words('sentence.unknownPlace', { unknown: unknown(where.reason, words) });
    default:
      return where satisfies never;
  }
}

function pointAsTold(where: Extract<Where, { form: 'point' }>, words: Words): string {
  if (where.mgrs !== undefined) return spacedMgrs(where.mgrs);
  const told = coordinates(where, words);
  return where.datum === 'sk42' ? words('format.sk42', { place: told }) : told;
}

/** `40.02346, 46.93012`: latitude first, as both armies say it. */
export function coordinates(
  position: { readonly lat: number; readonly lon: number },
  words: Words,
): string {
  return words('format.latLon', {
    lat: decimalDegrees(position.lat),
    lon: decimalDegrees(position.lon),
  });
}

function relative(
  where: Extract<Where, { form: 'relative' }>,
  words: Words,
  names: Names,
  direction: string | undefined,
): string {
  const unit = names.unit(where.unit);
  const away =
    'unknown' in where.range ? undefined : range(where.range.min, where.range.max, words);
  const reason = 'unknown' in where.range ? unknown(where.range.unknown, words) : '';
  const told =
    direction ?? (where.bearing === undefined ? undefined : bearing(where.bearing, words));
  if (told !== undefined) {
    return away === undefined
      ? words('sentence.relativeNoRange', { bearing: told, unit, unknown: reason })
      : words('sentence.relative', { bearing: told, range: away, unit });
  }
  if (where.sector === undefined) return words('sentence.unknownPlace', { unknown: reason });
  const { fromMdeg, widthMdeg } = trueArc(where.sector);
  const arc = {
    from: offTrueNorth(fromMdeg, words),
    to: offTrueNorth((fromMdeg + widthMdeg) % 360_000, words),
  };
  return away === undefined
    ? words('sentence.relativeSectorNoRange', { ...arc, unit, unknown: reason })
    : words('sentence.relativeSector', { ...arc, range: away, unit });
}

function line(where: Extract<Where, { form: 'line' }>, words: Words, names: Names): string {
  const name = nameOf(where.line, where.name, names);
  if (where.fromM === undefined || where.toM === undefined)
    return words('sentence.line', { line: name });
  const stretch = { from: distance(where.fromM, words), to: distance(where.toM, words) };
  return words('sentence.lineStretch', { line: name, ...stretch });
}

/** A line or an area of the centre by its name; one that the centre does not have as its source has it. */
function nameOf(id: string | undefined, told: string | undefined, names: Names): string {
  return id === undefined ? (told ?? '') : names.area(id);
}
