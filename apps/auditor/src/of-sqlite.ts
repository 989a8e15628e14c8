/** Of a schema what SQLite adds by itself: statistics, and indexes that follow from a table's statement. */
export const OF_SQLITE = `type = 'index' AND sql IS NULL OR type = 'table' AND name GLOB 'sqlite_stat[14]'`;

/** A number stands there that this language holds in another kind of number only. */
export function isOutOfRange(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_OUT_OF_RANGE'
  );
}
