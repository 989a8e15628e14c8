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

/** What of the list is seen: its window of rows, and how far that is scrolled, in pixels. */
export interface Sight {
  readonly base: number;
  readonly top: number;
  readonly height: number;
}

/** Before the list has a size. */
export const NOTHING_SEEN: Sight = { base: 0, top: -1, height: 0 };
const USUAL_PX = 600;

/** The same as long as a row stands well in sight; else what has it in its lower half. */
export function inSight(row: number, now: Sight, rows: number): Sight {
  const height = now.height || USUAL_PX;
  const base = isNearEnd(row, now.base, rows) ? baseAround(row, rows) : now.base;
  const at = (row - base) * ROW_PX;
  const known = base === now.base && now.top >= 0;
  if (known && at >= now.top + ROW_PX && at <= now.top + height - 3 * ROW_PX) return now;
  const end = Math.min(rows, MOST_ROWS) * ROW_PX - height;
  return {
    base,
    height: now.height,
    top: Math.max(0, Math.min(end, Math.round(at - height * 0.6))),
  };
}

/** After somebody scrolled: near an end of its window the window moves along, and nothing else. */
export function scrolledSight(top: number, { base, height }: Sight, rows: number): Sight {
  const row = base + Math.floor(top / ROW_PX);
  if (!isNearEnd(row, base, rows)) return { base, height, top };
  const from = baseAround(row, rows);
  return { base: from, height, top: top + (base - from) * ROW_PX };
}

/** First and last row to draw. */
export function drawnRange(
  scrollTop: number,
  height: number,
  base: number,
  rows: number,
): readonly [number, number] {
  const first = base + Math.floor(scrollTop / ROW_PX) - SPARE;
  const last = base + Math.ceil((scrollTop + (height || USUAL_PX)) / ROW_PX) + SPARE;
  const end = Math.min(rows, base + MOST_ROWS) - 1;
  return [Math.min(end, Math.max(base, first)), Math.min(end, Math.max(base, last))];
}
