/**
 * Which rows a list of any length draws. A browser cannot scroll over more than some million rows, so the
 * list scrolls over a window of them that moves along when one comes near to its ends.
 */
export const ROW_PX = 30;
export const MOST_ROWS = 20_000;
const NEAR = 2_000;
/** Rows drawn above and below what is seen. */
const SPARE = 6;

/** The first row of the window in whose middle a row stands. */
export function baseAround(row: number, rows: number): number {
  return Math.max(0, Math.min(rows - MOST_ROWS, row - MOST_ROWS / 2));
}

/** Whether the window ends too near to a row although the list goes on there. */
export function isNearEnd(row: number, base: number, rows: number): boolean {
  const end = Math.min(rows, base + MOST_ROWS);
  return (row < base + NEAR && base > 0) || (row > end - NEAR && end < rows);
}

/** First and last row to draw. */
export function drawnRange(
  scrollTop: number,
  height: number,
  base: number,
  rows: number,
): readonly [number, number] {
  const first = base + Math.floor(scrollTop / ROW_PX) - SPARE;
  const last = base + Math.ceil((scrollTop + height) / ROW_PX) + SPARE;
  const end = Math.min(rows, base + MOST_ROWS) - 1;
  return [Math.min(end, Math.max(base, first)), Math.min(end, Math.max(base, last))];
}
