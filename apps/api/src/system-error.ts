/** Whether the operating system, or Node in its place, says one of these codes. */
export function isSystemError(error: unknown, ...codes: readonly string[]): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    codes.includes(String(error.code))
  );
}
