/** As much of a figure as says something: 1,103, 298, 0.0031. */
export function threeDigits(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}

/** Of a reading by its name with its unit: `scripts, KB` and 298 are `scripts 298 KB`. */
export function saidReading(reading: string, value: number): string {
  const [what = '', unit = ''] = reading.split(', ');
  return `${what} ${threeDigits(value)} ${unit}`.trimEnd();
}
