import { expect } from '@jest/globals';

/**
 * That two values are equal, of large ones and thousands of times: what is the same to the letter need
 * not be walked through field by field.
 */
export function expectSame(one: unknown, other: unknown): void {
  if (JSON.stringify(one) !== JSON.stringify(other)) expect(one).toEqual(other);
}
