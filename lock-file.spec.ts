// `npm ci` fails on every machine when the lock file lacks one platform's package, and npm leaves
// such a package out without a word. So the lock file is read by a test.
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { missingFromLock, unsafeInLock } from './scripts/lock-file.mjs';

const lock = JSON.parse(readFileSync(new URL('package-lock.json', import.meta.url), 'utf8'));

describe('the lock file', () => {
  test('holds every package that another one names, for every platform', () => {
    expect(missingFromLock(lock)).toEqual([]);
  });
  test('has a hash for each package and no download address', () => {
    expect(unsafeInLock(lock)).toEqual([]);
  });
  test('holds the Node that each platform runs on', () => {
    const platforms = Object.keys(lock.packages[''].optionalDependencies);
    expect(platforms.filter((name) => name.startsWith('node-'))).toHaveLength(5);
  });
});

describe('the check', () => {
  test('sees a platform package that is missing', () => {
    const entry = { integrity: 'x', optionalDependencies: { 'swift-darwin-arm64': '1.0.0' } };
    expect(missingFromLock({ packages: { 'node_modules/swift': entry } })).toEqual([
      'node_modules/swift needs swift-darwin-arm64',
    ]);
  });
  test('finds a package in the folders above', () => {
    const packages = {
      'node_modules/a/node_modules/b': { integrity: 'x', dependencies: { c: '1.0.0' } },
      'node_modules/c': { integrity: 'x' },
    };
    expect(missingFromLock({ packages })).toEqual([]);
  });
  test('sees a missing hash and a download address', () => {
    const packages = { 'node_modules/a': { resolved: 'https://a.example/a.tgz' } };
    expect(unsafeInLock({ packages })).toHaveLength(2);
  });
});
