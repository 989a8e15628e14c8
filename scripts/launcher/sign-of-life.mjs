// What takes a while says first what it is, and then that it is still at it: a minute of silence looks
// like a program that hangs.
const EVERY_MS = 10_000;

/**
 * Does the work and returns what it returns. Prints what it is before it begins, and every ten seconds
 * how long it has been going on.
 * @template Result
 * @param {string} what a line for the reader, with how long it usually takes
 * @param {() => Promise<Result>} work
 * @param {{ everyMs?: number, print?: (line: string) => void }} [telling]
 * @returns {Promise<Result>}
 */
export async function withSignOfLife(what, work, { everyMs = EVERY_MS, print = console.log } = {}) {
  print(what);
  const begun = Date.now();
  const timer = setInterval(
    () => print(`  … ${Math.round((Date.now() - begun) / 1000)} s`),
    everyMs,
  );
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
