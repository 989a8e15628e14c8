/**
 * Resolves once it is so; a test that waits in vain fails with what it waited for. The limit is a guard
 * against hanging, not a measure: machines are busy.
 */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  withinMs = 100_000,
): Promise<void> {
  const patience = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > patience)
      throw new Error(`still not so after ${withinMs} ms: ${isSo.toString()}`);
    await new Promise((resume) => setTimeout(resume, 2));
  }
}
