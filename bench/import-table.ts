/**
 * Tables as strangers send them: attacks by date and place, every row another one, in no order of any
 * of its columns, so that no index is filled from one end.
 */
const HEADER = 'date,longitude,latitude,type';
const TYPES = ['SAF', 'IED', 'Shelling', 'Drone', 'Air strike', 'Other'];
const FIRST_DAY = Date.UTC(2004, 0, 1);
const DAYS = 3_650;
const DAY_MS = 86_400_000;

export function attackTable(rows: number, seed: number): string {
  const draw = drawing(seed);
  const lines = Array.from({ length: rows }, () => {
    const day = new Date(FIRST_DAY + Math.floor(draw() * DAYS) * DAY_MS).toISOString().slice(0, 10);
    const [longitude, latitude] = [40 + draw() * 10, 35 + draw() * 8];
    const type = TYPES[Math.floor(draw() * TYPES.length)];
    return `${day},${longitude.toFixed(6)},${latitude.toFixed(6)},${type}`;
  });
  return [HEADER, ...lines, ''].join('\n');
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function drawing(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
