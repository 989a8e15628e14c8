import { describe, expect, test } from '@jest/globals';
import { isLoopbackAddress, isLoopbackHost, isSameOrigin } from './same-machine.ts';

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
    '[2001:db8::1]:3000',
    '::1',
  ])('does not answer to %s', (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  });
});

test.each([
  ['127.0.0.1', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['localhost', true],
  ['127.evil.example', false],
  ['::ffff:10.0.0.1', false],
  ['0.0.0.0', false],
  ['', false],
])('the address %p is of this machine: %p', (address, expected) => {
  expect(isLoopbackAddress(address)).toBe(expected);
});

test.each([
  ['http://localhost:3000', 'localhost:3000', true],
  ['https://centre.example', 'CENTRE.example', true],
  ['http://localhost:3000', 'localhost:3001', false],
  ['http://localhost:3000.evil.example', 'localhost:3000', false],
  ['null', 'localhost:3000', false],
  ['file://localhost:3000', 'localhost:3000', false],
  ['http://localhost:3000', undefined, false],
])('a page of %s at %p is our own: %p', (origin, host, expected) => {
  expect(isSameOrigin(origin, host)).toBe(expected);
});
