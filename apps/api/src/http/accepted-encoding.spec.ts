import { expect, test } from '@jest/globals';
import { accepts } from './accepted-encoding.ts';

test.each([
  ['gzip', true],
  ['deflate, gzip;q=0.5, br', true],
  ['gzip ; q=1.0', true],
  ['gzip;q=0', false],
  ['gzip; q=0.000, br', false],
  ['br', false],
  ['identity', false],
  ['xgzip, gzip2', false],
  ['', false],
  [undefined, false],
])('whoever accepts %p reads gzip: %p', (header, reads) => {
  expect(accepts('gzip', header)).toBe(reads);
});
