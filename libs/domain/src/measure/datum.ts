import proj4 from 'proj4';
import { roundComputed } from './decimal.ts';
import type { Position } from './geodesy.ts';

/**
 * The two datums on the centre's maps. Coordinates of a Soviet map sheet (SK-42, Krasovsky ellipsoid)
 * taken for WGS84 are wrong by 100 m at Aghdam.
 */
export const DATUMS = ['wgs84', 'sk42'] as const;
export type Datum = (typeof DATUMS)[number];

/** Seven parameters of GOST R 51794-2008, in proj's sense of the rotations. */
const SK42 = '+proj=longlat +ellps=krass +towgs84=23.57,-140.95,-79.8,0,0.35,0.79,-0.22 +no_defs';
const WGS84 = '+proj=longlat +datum=WGS84 +no_defs';
const shift = proj4(SK42, WGS84);

/** A position of the datum as the WGS84 position of the same ground. */
export function toWgs84(position: Position, datum: Datum): Position {
  return datum === 'wgs84' ? position : microdegrees(shift.forward(degrees(position)));
}

/** A WGS84 position in the other datum, to be echoed for readers of the other map. */
export function fromWgs84(position: Position, datum: Datum): Position {
  return datum === 'wgs84' ? position : microdegrees(shift.inverse(degrees(position)));
}

function degrees({ lat, lon }: Position): [number, number] {
  return [lon / 1e6, lat / 1e6];
}

function microdegrees([lon, lat]: [number, number]): Position {
  return { lat: roundComputed(lat, 6), lon: roundComputed(lon, 6) };
}
