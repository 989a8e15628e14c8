/**
 * What people type and programs send for times and places, with what becomes of it: taken, taken with a
 * warning, refused. Written here, so that they are tried wherever the tests run.
 */
export interface EnteredCase {
  readonly in: unknown;
  readonly ok: boolean | 'warn';
}

/** The server's clock reads 2026-11-22T06:40:00Z. */
export const ENTERED_TIMES: readonly EnteredCase[] = [
  { in: '2026-11-22T10:30:00+04:00', ok: true },
  { in: '2026-11-22T06:39:59Z', ok: true },
  { in: '2026-11-22T06:39:00.987654Z', ok: true },
  { in: '2026-11-22T06:50:00Z', ok: 'warn' },
  { in: '2026-11-20T06:40:00Z', ok: 'warn' },
  { in: '2026-11-22T06:30:00-00:00', ok: 'warn' },
  { in: '2026-11-22T08:00:00Z', ok: false },
  { in: '2019-05-05T00:00:00Z', ok: false },
  { in: '2026-11-22T06:30:00', ok: false },
  { in: '2026-11-22 06:30Z', ok: false },
  { in: '2026-11-22T06:30:00 Z', ok: false },
  { in: '21.11.2026 06:30', ok: false },
  { in: '2026-11-31T06:00:00Z', ok: false },
  { in: '2026-11-21T24:00:00Z', ok: false },
  { in: '2026-11-22T06:30:60Z', ok: false },
  { in: '+002026-11-22T06:30:00Z', ok: false },
  { in: '٢٠٢٦-11-22T06:30:00Z', ok: false },
  { in: '', ok: false },
  { in: 1_795_300_000_000, ok: false },
  { in: null, ok: false },
];

/** Degrees, entered by a unit near 39.99° N 46.92° E. */
export const ENTERED_POSITIONS: readonly EnteredCase[] = [
  { in: { lat: 39.99, lon: 46.92 }, ok: true },
  { in: { lat: 39.99, lon: 46.92, alt: -20 }, ok: true },
  { in: { lat: 39.990_000_000_000_1, lon: 46.92 }, ok: true },
  { in: { lat: -90, lon: 180 }, ok: true },
  { in: { lat: 0, lon: 0 }, ok: 'warn' },
  { in: { lat: -0, lon: 0.000_000_1 }, ok: 'warn' },
  { in: { lat: 46.92, lon: 39.99 }, ok: 'warn' },
  { in: { lat: 90.1, lon: 46.92 }, ok: false },
  { in: { lat: 39.99, lon: -180.1 }, ok: false },
  { in: { lat: '39.99', lon: '46.92' }, ok: false },
  { in: { lat: '39,99', lon: 46.92 }, ok: false },
  { in: { lat: Number.POSITIVE_INFINITY, lon: 46.92 }, ok: false },
  { in: { lat: undefined, lon: 46.92 }, ok: false },
  { in: { lat: null, lon: 46.92 }, ok: false },
  { in: { lon: 46.92 }, ok: false },
  { in: { lat: 39.99, lon: 46.92, alt: 1e8 }, ok: false },
  { in: { lat: 39.99, lon: 46.92, height: 3 }, ok: false },
  { in: [39.99, 46.92], ok: false },
  { in: '39.99 46.92', ok: false },
  { in: '38SPK6433528413', ok: false },
];
