/**
 * Instants as the log stores them (UTC, three fraction digits) to milliseconds and back. They were
 * judged when they were written, so a rebuild of a million events takes the engine's own quick way.
 */
export function millisOf(stored: string): number {
  return Date.parse(stored);
}

export function storedInstant(ms: number): string {
  return new Date(ms).toISOString();
}
