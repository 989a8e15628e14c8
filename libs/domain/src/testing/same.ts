/**
 * Whether two values are the same to the letter. Large ones that are, thousands of times in a test, need
 * not be walked through field by field; of others `expect(…).toEqual(…)` says where they differ.
 */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
