/**
 * Rounding, once for the whole product: half to even, from the decimal text.
 *
 * What is stored is hashed, so two machines must round the same number to the same integer. A double
 * is therefore rounded from its shortest decimal text, never by multiplying it first.
 */
const DECIMAL = /^(-?)(\d{1,400})(?:\.(\d{1,400}))?(?:[eE]([+-]?\d{1,3}))?$/;

/** A whole number of so many digits is exact as a double, and so is every product that stays within. */
const EXACT_DIGITS = 15;
/** Powers of ten up to here are exact as doubles too. */
const MOST_FRACTION = 22;
/** Below this a product is off by less than half of `CLEAR`, so away from a tie its rounding is certain. */
const CLEAR_BELOW = 1e12;
const CLEAR = 1e-3;

/**
 * A decimal number times 10^digits as an integer, rounded half to even.
 *
 * @returns undefined when it is not a decimal number or the integer would not be safe
 */
export function scaledHalfEven(decimal: number | string, digits: number): number | undefined {
  if (typeof decimal === 'number' && digits <= MOST_FRACTION) {
    const product = decimal * 10 ** digits;
    const whole = Math.round(product);
    if (Math.abs(product) < CLEAR_BELOW && Math.abs(whole - product) < 0.5 - CLEAR)
      return whole + 0;
    // Then the shortest text of this double is that of the whole number, shifted: nothing is rounded.
    if (Math.abs(whole) < 10 ** EXACT_DIGITS && whole / 10 ** digits === decimal) return whole + 0;
  }
  const match = DECIMAL.exec(String(decimal));
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const shift = Number(exponent) - fraction.length + digits;
  if (shift >= 0 && whole.length + fraction.length + shift <= EXACT_DIGITS) {
    const scaled = Number(whole + fraction) * 10 ** shift;
    return sign === '-' && scaled !== 0 ? -scaled : scaled;
  }
  const mantissa = BigInt(whole + fraction);
  if (mantissa === 0n) return 0;
  // Anything longer is either zero after rounding or far beyond a safe integer.
  if (shift > 20) return undefined;
  if (shift < -820) return 0;
  const scaled =
    shift >= 0 ? mantissa * 10n ** BigInt(shift) : quotient(mantissa, 10n ** BigInt(-shift));
  if (scaled > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  return sign === '-' && scaled !== 0n ? -Number(scaled) : Number(scaled);
}

/** n / d of safe integers, d > 0, rounded half to even. */
export function divideHalfEven(n: number, d: number): number {
  const rounded = Number(quotient(BigInt(Math.abs(n)), BigInt(d)));
  return n < 0 && rounded !== 0 ? -rounded : rounded;
}

/**
 * A computed double as an integer of 10^-digits, for results whose inputs were checked before.
 *
 * @throws RangeError when the computation went wrong (not finite, not safe)
 */
export function roundComputed(value: number, digits: number): number {
  const scaled = scaledHalfEven(value, digits);
  if (scaled === undefined) throw new RangeError(`cannot round ${value} to ${digits} digits`);
  return scaled;
}

/** An error radius in whole metres, at least 1, told to two significant digits: more would be a pretence. */
export function twoSignificantDigits(metres: number): number {
  const whole = Math.max(1, roundComputed(metres, 0));
  let step = 1;
  while (whole / step >= 100) step *= 10;
  return divideHalfEven(whole, step) * step;
}

function quotient(n: bigint, d: bigint): bigint {
  const floor = n / d;
  const twice = (n % d) * 2n;
  if (twice < d) return floor;
  if (twice > d) return floor + 1n;
  return floor % 2n === 0n ? floor : floor + 1n;
}
