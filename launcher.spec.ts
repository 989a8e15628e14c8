// What the launcher promises: a run that decides whether a change may land does not pass over the
// browser tests in silence.
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import setUpBrowser from './apps/web/browser/testing/global-setup.ts';
import { KILLED, run } from './scripts/launcher/child.mjs';
import { withSignOfLife } from './scripts/launcher/sign-of-life.mjs';

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

describe('a process that the launcher runs', () => {
  test('is told of when it was killed', async () => {
    const said = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const folder = mkdtempSync(join(tmpdir(), 'ceasewatch-launcher-'));
    try {
      const script = join(folder, 'dies.mjs');
      writeFileSync(script, "process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);");
      expect(await run(process.execPath, [script])).toBe(KILLED);
      expect(said.mock.calls).toEqual([[`${script} ended by SIGKILL.`]]);
    } finally {
      said.mockRestore();
      rmSync(folder, { recursive: true });
    }
  });
});

describe('what takes a while', () => {
  test('says what it is before it begins, and that it goes on until it ends', async () => {
    const said: string[] = [];
    const telling = { everyMs: 20, print: (line: string) => said.push(line) };
    const saidAtTheStart = await withSignOfLife(
      'Installing …',
      async () => {
        const start = [...said];
        await pause(70);
        return start;
      },
      telling,
    );
    expect(saidAtTheStart).toEqual(['Installing …']);
    expect(said[1]).toMatch(/^ {2}… \d+ s$/);
    const { length } = said;
    await pause(50);
    expect(said).toHaveLength(length);
  });
  test('falls silent when it fails', async () => {
    const said: string[] = [];
    const telling = { everyMs: 5, print: (line: string) => said.push(line) };
    await expect(
      withSignOfLife('Installing …', () => Promise.reject(new Error('no network')), telling),
    ).rejects.toThrow('no network');
    await pause(20);
    expect(said).toEqual(['Installing …']);
  });
});
