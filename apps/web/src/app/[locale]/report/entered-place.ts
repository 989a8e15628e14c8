import {
  compassArc,
  type DeclaredNorth,
  gridConvergenceMdeg,
  readBearing,
} from '@ceasewatch/domain/measure/bearing';
import { rangeFromSound } from '@ceasewatch/domain/measure/flash-to-bang';
import type { Position } from '@ceasewatch/domain/measure/geodesy';
import { parseMgrs } from '@ceasewatch/domain/measure/mgrs';
import type { WhereEntry } from '@ceasewatch/domain/measure/where-entry';
import { FormFault } from './form-fault.ts';
import type { FieldName, ReportFields } from './report-fields.ts';

/**
 * The place of a report as it was typed, sorted into the forms of the domain. What is missing is
 * refused with its field; nothing is filled in but the margin of an estimated distance, which is shown.
 */
export interface PlaceRules {
  readonly unit: string;
  readonly unitPosition: Position | undefined;
  readonly declinationMdeg: number | null;
}

/** A distance told without its span was estimated: a sixteenth each way, so 3.2 km is 3.0 to 3.4 km. */
export const ESTIMATE = 1 / 16;

/** @throws FormFault, and Refusal `invalid` with the name of the form's field */
export function readPlaceFields(fields: ReportFields, rules: PlaceRules): WhereEntry {
  switch (fields.place) {
    case 'relative':
      return relative(fields, rules);
    case 'point':
      return {
        form: 'point',
        ...latLonOf(fields.latLon),
        ...errorOf(fields.errorM),
        ...datumOf(fields),
      };
    case 'mgrs':
      return { form: 'mgrs', mgrs: parseMgrs(fields.mgrs, 'mgrs').mgrs, ...errorOf(fields.errorM) };
    case 'line': {
      if (fields.line === null) throw new FormFault('line', 'missing');
      return { form: 'line', line: fields.line, ...stretchOf(fields.stretch) };
    }
    case 'area':
      if (fields.area === null) throw new FormFault('area', 'missing');
      return { form: 'area', area: fields.area };
    case 'unknown':
      return { form: 'unknown', reason: 'not_known' };
    default:
      return fields.place satisfies never;
  }
}

function relative(fields: ReportFields, rules: PlaceRules): WhereEntry {
  const bearing = fields.bearing.trim();
  if (bearing === '') throw new FormFault('bearing', 'missing');
  const place = { form: 'relative' as const, unit: rules.unit, range: rangeOf(fields) };
  if (/^[a-z]+$/i.test(bearing))
    return { ...place, sector: compassArc(bearing, undefined, 'bearing') };
  return {
    ...place,
    bearing: readBearing(bearing, fields.bearingUnit, northOf(fields.north, rules), 'bearing'),
  };
}

function northOf(
  north: ReportFields['north'],
  { declinationMdeg, unitPosition }: PlaceRules,
): DeclaredNorth {
  if (north === 'true') return { north };
  if (north === 'magnetic') {
    if (declinationMdeg === null) {
      throw new FormFault('north', 'no_declination');
    }
    return { north, declinationMdeg };
  }
  if (unitPosition === undefined) {
    throw new FormFault('north', 'no_convergence');
  }
  return { north, convergenceMdeg: gridConvergenceMdeg(unitPosition.lat, unitPosition.lon) };
}

type Range = Extract<WhereEntry, { form: 'relative' }>['range'];

function rangeOf({ range, flashToBang, temperature }: ReportFields): Range {
  const text = range.trim();
  if (text === '' && flashToBang.trim() !== '') {
    const deciC = numberIn(temperature, 'temperature') * 10;
    const delayMs = numberIn(flashToBang, 'flashToBang') * 1000;
    const { min, max } = rangeFromSound({
      delayMs: Math.round(delayMs),
      temperatureDeciC: Math.round(deciC),
    });
    return { min, max };
  }
  if (text === '' || text === '?') return { unknown: 'not_known' };
  const [min, max] = spanOf(text, 'range');
  if (max !== undefined) return { min, max };
  return { min: rounded(min * (1 - ESTIMATE)), max: rounded(min * (1 + ESTIMATE)) };
}

/** Two or three digits of an estimate mean something, no more. */
function rounded(metres: number): number {
  const step = metres >= 1000 ? 50 : 10;
  return Math.round(metres / step) * step;
}

function stretchOf(stretch: string): { fromM?: number; toM?: number } {
  if (stretch.trim() === '') return {};
  const [fromM, toM] = spanOf(stretch, 'stretch');
  if (toM === undefined) throw new FormFault('stretch', 'missing');
  return { fromM, toM };
}

const SPAN = /^(\d{1,6}(?:[.,]\d{1,3})?)(k|km|m)?(?:-(\d{1,6}(?:[.,]\d{1,3})?)(k|km|m)?)?$/i;

/** `3200`, `3.2k`, `3,2k`, `3000-3400`, `3-3.4k` in whole metres; the unit at the end holds for both. */
function spanOf(text: string, field: FieldName): [number, number | undefined] {
  const match = SPAN.exec(text.replaceAll(/\s/g, ''));
  if (match === null) {
    throw new FormFault(field, 'not_a_distance');
  }
  const [, first = '', firstUnit, second, secondUnit] = match;
  const unit = secondUnit ?? firstUnit;
  const one = metres(first, firstUnit ?? unit);
  const other = second === undefined ? undefined : metres(second, unit);
  if (other !== undefined && other < one) {
    throw new FormFault(field, 'farther_end_first');
  }
  return [one, other];
}

function metres(number: string, unit: string | undefined): number {
  const kilometres = unit?.toLowerCase().startsWith('k') === true;
  // Half of the centre writes 3,2 km: dropping its comma would make it 32. Only 3,200 metres groups.
  const point = !kilometres && /,\d{3}$/.test(number) ? '' : '.';
  return Math.round(Number(number.replace(',', point)) * (kilometres ? 1000 : 1));
}

function latLonOf(text: string): { lat: number; lon: number } {
  const match = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text);
  if (match === null) throw new FormFault('latLon', 'missing');
  return { lat: Number(match[1]), lon: Number(match[2]) };
}

function errorOf(text: string): { errorM?: number } {
  return text.trim() === '' ? {} : { errorM: Math.round(numberIn(text, 'errorM')) };
}

function datumOf({ datum }: ReportFields): { datum?: 'sk42' } {
  return datum === 'sk42' ? { datum } : {};
}

function numberIn(text: string, field: FieldName): number {
  const number = /^-?\d{1,7}(?:\.\d{1,3})?$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (Number.isNaN(number)) throw new FormFault(field, 'not_a_number');
  return number;
}
