/** Milliseconds since 1970 and parts of them, the same for every process of this machine. */
export function epochMs(): number {
  return performance.timeOrigin + performance.now();
}
