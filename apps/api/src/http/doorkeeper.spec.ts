import { describe, expect, test } from '@jest/globals';
import { isLoopbackHost } from './doorkeeper.ts';

describe('a node on the loopback address', () => {
  test.each([
    'localhost',
    'localhost:3000',
    'LOCALHOST:80',
    '127.0.0.1:3000',
    '127.9.9.9',
    '[::1]:3000',
  ])('answers to %s', (host) => {
    expect(isLoopbackHost(host)).toBe(true);
  });

  test.each([
    undefined,
    '',
    'evil.example',
    'localhost.evil.example',
    '127.evil.example',
    '10.0.0.1:3000',
  ])('does not answer to %s', (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  });
});
