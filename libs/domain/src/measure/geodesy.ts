import { roundComputed } from './decimal.ts';

/**
 * Distances and directions on the WGS84 ellipsoid (T. Vincenty, Survey Review XXIII 176, 1975), in and
 * out in 1e-6 degrees. Exact to a millimetre at any distance an observer can tell.
 */
export interface Position {
  /** 1e-6 degrees, WGS84. */
  readonly lat: number;
  readonly lon: number;
}

export interface ErrorCircle extends Position {
  /** Radius of the error in metres. */
  readonly errorM: number;
}

const A = 6_378_137;
const F = 1 / 298.257223563;
const B = A * (1 - F);
/** A tenth of a micrometre on the ground. */
const CLOSE = 1e-14;
const MOST_ROUNDS = 100;

/** The place at a distance in a direction (thousandths of a degree off true north). */
export function destination(from: Position, trueMdeg: number, metres: number): Position {
  const azimuth = (trueMdeg / 1000) * DEGREE;
  const { sinU, cosU } = reduced(from.lat);
  const sigma1 = Math.atan2(sinU, cosU * Math.cos(azimuth));
  const sinAlpha = cosU * Math.sin(azimuth);
  const series = seriesOf(sinAlpha);
  let sigma = metres / (B * series.a);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const better =
      metres / (B * series.a) + correction(series.b, sigma, Math.cos(2 * sigma1 + sigma));
    const done = Math.abs(better - sigma) < CLOSE;
    sigma = better;
    if (done) break;
  }
  const lat = Math.atan2(
    sinU * Math.cos(sigma) + cosU * Math.sin(sigma) * Math.cos(azimuth),
    (1 - F) *
      Math.hypot(sinAlpha, sinU * Math.sin(sigma) - cosU * Math.cos(sigma) * Math.cos(azimuth)),
  );
  const lambda = Math.atan2(
    Math.sin(sigma) * Math.sin(azimuth),
    cosU * Math.cos(sigma) - sinU * Math.sin(sigma) * Math.cos(azimuth),
  );
  const lon =
    (from.lon / 1e6) * DEGREE + lambda - excess(sinAlpha, sigma, Math.cos(2 * sigma1 + sigma));
  return { lat: microdegrees(lat), lon: wrapped(microdegrees(lon)) };
}

/** Distance in metres and first direction (thousandths of a degree off true north) between two places. */
export function inverse(from: Position, to: Position): { metres: number; trueMdeg: number } {
  const one = reduced(from.lat);
  const two = reduced(to.lat);
  const difference = (wrapped(to.lon - from.lon) / 1e6) * DEGREE;
  let lambda = difference;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const east = two.cosU * Math.sin(lambda);
    const north = one.cosU * two.sinU - one.sinU * two.cosU * Math.cos(lambda);
    const sinSigma = Math.hypot(east, north);
    if (sinSigma === 0) return { metres: 0, trueMdeg: 0 };
    const cosSigma = one.sinU * two.sinU + one.cosU * two.cosU * Math.cos(lambda);
    const sigma = Math.atan2(sinSigma, cosSigma);
    const sinAlpha = (one.cosU * two.cosU * Math.sin(lambda)) / sinSigma;
    const cosSqAlpha = 1 - sinAlpha ** 2;
    // On the equator both are zero, and so is the term.
    const cos2SigmaM = cosSqAlpha < 1e-15 ? 0 : cosSigma - (2 * one.sinU * two.sinU) / cosSqAlpha;
    const better = difference + excess(sinAlpha, sigma, cos2SigmaM);
    const done = Math.abs(better - lambda) < CLOSE;
    lambda = better;
    if (!done) continue;
    const series = seriesOf(sinAlpha);
    return {
      metres: B * series.a * (sigma - correction(series.b, sigma, cos2SigmaM)),
      trueMdeg: (roundComputed(Math.atan2(east, north) / DEGREE, 3) + 360_000) % 360_000,
    };
  }
  // Nearly on the other side of the earth, where the series does not converge: half a great circle.
  return { metres: Math.PI * B, trueMdeg: 0 };
}

const DEGREE = Math.PI / 180;

function reduced(lat: number): { sinU: number; cosU: number } {
  const u = Math.atan((1 - F) * Math.tan((lat / 1e6) * DEGREE));
  return { sinU: Math.sin(u), cosU: Math.cos(u) };
}

function seriesOf(sinAlpha: number): { a: number; b: number } {
  const u2 = ((1 - sinAlpha ** 2) * (A ** 2 - B ** 2)) / B ** 2;
  return {
    a: 1 + (u2 / 16_384) * (4096 + u2 * (-768 + u2 * (320 - 175 * u2))),
    b: (u2 / 1024) * (256 + u2 * (-128 + u2 * (74 - 47 * u2))),
  };
}

function correction(b: number, sigma: number, cos2SigmaM: number): number {
  const sinSigma = Math.sin(sigma);
  const first = Math.cos(sigma) * (2 * cos2SigmaM ** 2 - 1);
  const second = (b / 6) * cos2SigmaM * (4 * sinSigma ** 2 - 3) * (4 * cos2SigmaM ** 2 - 3);
  return b * sinSigma * (cos2SigmaM + (b / 4) * (first - second));
}

/** How much longer the longitude is on the auxiliary sphere than on the ellipsoid. */
function excess(sinAlpha: number, sigma: number, cos2SigmaM: number): number {
  const cosSqAlpha = 1 - sinAlpha ** 2;
  const c = (F / 16) * cosSqAlpha * (4 + F * (4 - 3 * cosSqAlpha));
  const inner = cos2SigmaM + c * Math.cos(sigma) * (2 * cos2SigmaM ** 2 - 1);
  return (1 - c) * F * sinAlpha * (sigma + c * Math.sin(sigma) * inner);
}

function microdegrees(radians: number): number {
  return roundComputed(radians / DEGREE, 6);
}

function wrapped(lon: number): number {
  if (lon > 180_000_000) return lon - 360_000_000;
  return lon < -180_000_000 ? lon + 360_000_000 : lon;
}
