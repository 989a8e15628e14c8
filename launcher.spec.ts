// What the launcher promises: a file is meant from where the command was typed, and a run that decides
// whether a change may land does not pass over the browser tests in silence.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import setUpBrowser from './apps/web/browser/testing/global-setup.ts';
import { whereTyped } from './scripts/launcher/where-typed.mjs';

describe('a file that is named on the command line', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'ceasewatch-launcher-'));
    mkdirSync(join(root, 'deep'));
    for (const name of ['both.csv', 'root.csv', 'deep/both.csv', 'deep/here.csv']) {
      writeFileSync(join(root, name), '');
    }
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test('is the one of the folder in which the command was typed', () => {
    const deep = join(root, 'deep');
    expect(whereTyped('here.csv', deep, root)).toBe(join(deep, 'here.csv'));
    expect(whereTyped('both.csv', deep, root)).toBe(join(deep, 'both.csv'));
  });
  test("is the root's where that folder has none", () => {
    expect(whereTyped('root.csv', join(root, 'deep'), root)).toBe(join(root, 'root.csv'));
    expect(whereTyped('root.csv', undefined, root)).toBe(join(root, 'root.csv'));
  });
  test('stays as it was typed when it is no file, or a flag', () => {
    expect(whereTyped('nowhere.csv', root, root)).toBe('nowhere.csv');
    expect(whereTyped('--both.csv', root, root)).toBe('--both.csv');
  });
});

describe('a test run without a browser', () => {
  const before = { CI: process.env['CI'], CEASEWATCH_BROWSER: process.env['CEASEWATCH_BROWSER'] };
  const set = (settings: Readonly<Record<string, string | undefined>>) => {
    for (const [name, value] of Object.entries(settings)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
  afterEach(() => set(before));

  test('fails in CI', async () => {
    set({ CI: 'true', CEASEWATCH_BROWSER: join(tmpdir(), 'no-such-browser') });
    await expect(setUpBrowser()).rejects.toThrow('The browser tests cannot run');
  });
  test('rests where somebody works, and in CI where somebody has said that there is none', async () => {
    set({ CI: undefined, CEASEWATCH_BROWSER: join(tmpdir(), 'no-such-browser') });
    await expect(setUpBrowser()).resolves.toBeUndefined();
    set({ CI: 'true', CEASEWATCH_BROWSER: 'none' });
    await expect(setUpBrowser()).resolves.toBeUndefined();
  });
});
