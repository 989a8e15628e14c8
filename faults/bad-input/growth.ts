/** Of fewer requests a young process has not come to rest by half of them. */
const WORTH_WEIGHING = 50_000;
export const MOST_GROWTH_MB = 20;

/** What is still held after garbage was collected, of the last quarter beside the first; 0 after a few. */
export function grownMb(heaps: readonly number[], times: number): number {
  if (times < WORTH_WEIGHING) return 0;
  const quarter = Math.ceil(heaps.length / 4);
  return (Math.min(...heaps.slice(-quarter)) - Math.min(...heaps.slice(0, quarter))) / 2 ** 20;
}
