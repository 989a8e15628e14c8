/**
 * Numbers as screens show them. Browsers lack locale data for languages that we need, so nothing here
 * asks Intl; a language that groups differently brings its own separator.
 */
const GROUP = ',';

/** 6204 → `6,204`. */
export function whole(value: number): string {
  const [digits = '0'] = Math.abs(Math.round(value)).toString().split('.');
  const grouped = digits.replace(/\B(?=(\d{3})+(?!\d))/g, GROUP);
  return value < 0 && grouped !== '0' ? `−${grouped}` : grouped;
}

/**
 * A part of a whole in whole hundredths. Only none is 0 and only all is 100, so that rounding hides nobody:
 * 999 of 1000 → 99.
 */
export function percentOf(part: number, all: number): number {
  if (part === 0 || all === 0) return 0;
  return part === all ? 100 : Math.min(99, Math.max(1, Math.round((part / all) * 100)));
}

/** A half (a median of an even number of days) shows; everything else is whole. 34.5 → `34.5`. */
export function half(value: number): string {
  const doubled = Math.round(value * 2);
  return doubled % 2 === 0 ? whole(doubled / 2) : `${whole(Math.trunc(doubled / 2))}.5`;
}

/** A difference with its sign, halves shown: `+6`, `−0.5`, `±0`. */
export function difference(value: number): string {
  if (value === 0) return '±0';
  return `${value > 0 ? '+' : '−'}${half(Math.abs(value))}`;
}

/** A number that a person typed or an address has: with or without `#`, commas or blanks; null for anything else. */
export function wholeIn(text: string | null): number | null {
  const digits = (text ?? '').replace(/[#,\s]/g, '');
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}

/** 7 → `07`. */
export function twoDigits(value: number): string {
  return value.toString().padStart(2, '0');
}

/** Metres as kilometres with one digit: 3240 → `3.2`. */
export function kilometres(metres: number): string {
  return (Math.round(metres / 100) / 10).toFixed(1);
}

/** Thousandths of a degree as three whole digits of a circle: 84000 → `084`. */
export function degrees(mdeg: number): string {
  return ((Math.round(mdeg / 1000) % 360) + (mdeg < 0 ? 360 : 0)).toString().padStart(3, '0');
}

/** 1e-6 degrees as decimal degrees to the metre or so: 40023456 → `40.02346`. */
export function decimalDegrees(microdegrees: number): string {
  return (microdegrees / 1e6).toFixed(5).replace('-', '−');
}
