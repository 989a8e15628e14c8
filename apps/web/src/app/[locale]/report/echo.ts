import { type Bearing, echoBearing } from '@ceasewatch/domain/measure/bearing';
import { fromWgs84 } from '@ceasewatch/domain/measure/datum';
import { formatMgrs, type GridDigits, spacedMgrs } from '@ceasewatch/domain/measure/mgrs';
import { resolvedOf } from '@ceasewatch/domain/measure/resolved';
import type { Where } from '@ceasewatch/domain/measure/where';
import type { When } from '@ceasewatch/domain/measure/when';
import { clock, date, millis, zoneLetter } from '../../../format/instants.ts';
import { degrees } from '../../../format/numbers.ts';
import { distance, range } from '../../../format/quantities.ts';
import type { Names, Words } from '../../../format/words.ts';

/**
 * What was understood, said again in the conventions of the other contingent: degrees beside both
 * mils, true beside magnetic, grid beside degrees, the other datum, three clocks. What was worked out
 * is marked as derived and told no finer than its error.
 */
export interface EchoLine {
  readonly about:
    | 'bearing'
    | 'misread'
    | 'range'
    | 'time'
    | 'date'
    | 'grid'
    | 'position'
    | 'sk42'
    | 'error'
    | 'sector';
  readonly text: string;
  readonly derived: boolean;
}

export function echoOf(
  { when, where }: { readonly when: When | null; readonly where: Where | null },
  zone: string,
  words: Words,
  names: Names,
): readonly EchoLine[] {
  return [
    ...(when === null ? [] : timeLines(when, zone, words)),
    ...(where?.form === 'relative' && where.bearing !== undefined
      ? bearingLines(where.bearing, words)
      : []),
    ...(where?.form === 'relative' && !('unknown' in where.range)
      ? [
          {
            about: 'range' as const,
            text: range(where.range.min, where.range.max, words),
            derived: false,
          },
        ]
      : []),
    ...(where === null ? [] : placeLines(where, words, names)),
  ];
}

const OTHER_CLOCKS = ['Europe/Moscow', 'UTC'];

function timeLines(when: When, zone: string, words: Words): readonly EchoLine[] {
  const from = millis(when.from);
  const to = millis(when.to);
  const at = (own: string) => {
    const begins = `${clock(from, own)}${zoneLetter(own, from)}`;
    const ends = when.precision === 'period' ? `–${clock(to, own)}${zoneLetter(own, to)}` : '';
    return `${begins}${ends}`;
  };
  const clocks = [...new Set([zone, when.zone, ...OTHER_CLOCKS])];
  return [
    { about: 'date', text: date(from, zone), derived: false },
    { about: 'time', text: clocks.map(at).join(words('report.echo.or')), derived: false },
  ];
}

function bearingLines(bearing: Bearing, words: Words): readonly EchoLine[] {
  const { mdeg, mil6400, mil6000, trueMdeg, misreadMdeg } = echoBearing(bearing);
  const lines: EchoLine[] = [
    {
      about: 'bearing',
      text: words('report.echo.bearing', {
        degrees: degrees(mdeg),
        mil6400: mil6400.toString(),
        mil6000: mil6000.toString(),
        north: words(`report.north.${bearing.north}`),
        true: degrees(trueMdeg),
        turned: bearing.north === 'true' ? 'no' : 'yes',
      }),
      derived: bearing.north !== 'true',
    },
  ];
  if (misreadMdeg === undefined) return lines;
  const circle = bearing.unit === 'mil6400' ? '6000' : '6400';
  const text = words('report.echo.misread', { circle, degrees: degrees(misreadMdeg) });
  return [...lines, { about: 'misread', text, derived: true }];
}

function placeLines(where: Where, words: Words, names: Names): readonly EchoLine[] {
  const resolved = resolvedOf(where);
  if (resolved === undefined) return [];
  const { errorM } = resolved;
  const derived = where.form !== 'point' || where.datum !== undefined;
  const grid = formatMgrs(resolved, gridDigits(errorM));
  const sk42 = fromWgs84(resolved, 'sk42');
  const sector =
    resolved.sector === null ? words('report.echo.noSector') : names.area(resolved.sector);
  return [
    ...(grid === undefined
      ? []
      : [
          {
            about: 'grid' as const,
            text: spacedMgrs(grid),
            derived: where.form !== 'point' || where.mgrs === undefined,
          },
        ]),
    { about: 'position', text: words('format.latLon', toError(resolved, errorM)), derived },
    {
      about: 'sk42',
      text: words('format.latLon', toError(sk42, errorM)),
      derived: where.form !== 'point' || where.datum !== 'sk42',
    },
    { about: 'error', text: `± ${distance(errorM, words)}`, derived },
    { about: 'sector', text: sector, derived: true },
  ];
}

/** Digits whose square is not finer than the error. */
export function gridDigits(errorM: number): GridDigits {
  if (errorM >= 1000) return 4;
  if (errorM >= 100) return 6;
  return errorM >= 10 ? 8 : 10;
}

/** Degrees with as many decimals as the error leaves a meaning: 320 m leaves three. */
export function toError(
  position: { readonly lat: number; readonly lon: number },
  errorM: number,
): { lat: string; lon: string } {
  const decimals = errorM >= 1000 ? 2 : errorM >= 100 ? 3 : errorM >= 10 ? 4 : 5;
  const written = (microdegrees: number) =>
    (microdegrees / 1e6).toFixed(decimals).replace('-', '−');
  return { lat: written(position.lat), lon: written(position.lon) };
}
