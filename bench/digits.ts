/** As much of a figure as says something: 1,103, 298, 0.0031. */
export function threeDigits(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}
