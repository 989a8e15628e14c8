/**
 * Places are found by cells of 0.05 degrees, numbered west to east and south to north, through an index
 * that covers them: measured, it was faster than an R*Tree at every size of box.
 */
const CELL = 50_000;
const ROW = 360_000_000 / CELL;

/** Cell of a position in 1e-6 degrees. */
export function cellOf(lat: number, lon: number): number {
  return rowOf(lat) * ROW + columnOf(lon);
}

/** The cells that a box touches, or undefined when they are more than `most`. */
export function cellsOf(
  [west, south, east, north]: readonly [number, number, number, number],
  most: number,
): readonly number[] | undefined {
  if (west > east) return undefined;
  const columns = columnOf(east) - columnOf(west) + 1;
  const rows = rowOf(north) - rowOf(south) + 1;
  if (columns * rows > most) return undefined;
  return Array.from({ length: columns * rows }, (_, index) => {
    const row = rowOf(south) + Math.floor(index / columns);
    return row * ROW + columnOf(west) + (index % columns);
  });
}

function rowOf(lat: number): number {
  return Math.floor((lat + 90_000_000) / CELL);
}

function columnOf(lon: number): number {
  return Math.floor((lon + 180_000_000) / CELL);
}
