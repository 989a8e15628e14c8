/**
 * The number of a flag that counts rounds or times; undefined where it was not given.
 *
 * @throws Error where it is no whole number of at least one: a run of none would look like a good one
 */
export function countingFlag(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`--${flag} ${text}: a whole number is wanted`);
  return Number(text);
}
