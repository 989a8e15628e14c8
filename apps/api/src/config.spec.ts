import { describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, readConfig } from './config.ts';

const read = (args: string[] = [], env: Record<string, string> = {}) => readConfig(args, env, '/w');

function complaint(args: string[], env: Record<string, string> = {}): string {
  try {
    read(args, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('the settings of a node', () => {
  test('are an exercise on the loopback address unless told otherwise', () => {
    expect(read()).toEqual({
      port: 3000,
      host: '127.0.0.1',
      loopback: true,
      data: '/w/data/exercise',
      sort: 'exercise',
      exercise: {},
    });
  });

  test('keep a real centre in a folder of its own', () => {
    expect(read(['--empty'])).toMatchObject({ sort: 'real', data: '/w/data/real' });
  });

  test('prefer a flag to the environment', () => {
    const config = read(['--port', '0', '--data', 'here'], {
      PORT: '4000',
      CEASEWATCH_DATA: '/there',
    });
    expect(config).toMatchObject({ port: 0, data: '/w/here' });
  });

  test('mean a path of a flag from where it was typed, one of a variable from the root', () => {
    const typed = { INIT_CWD: '/typed' };
    expect(read(['--empty', '--data', 'here', '--centre', 'our.json'], typed)).toMatchObject({
      data: '/typed/here',
      centreFile: '/typed/our.json',
    });
    expect(read([], { ...typed, CEASEWATCH_DATA: 'there' })).toMatchObject({ data: '/w/there' });
  });

  test('take an empty variable for one that was not set', () => {
    expect(read([], { PORT: '', CEASEWATCH_DATA: '' })).toMatchObject({ port: 3000 });
  });

  test('listen to the world only when told that there are no accounts', () => {
    expect(complaint(['--host', '0.0.0.0'])).toMatch(/CEASEWATCH_WITHOUT_ACCOUNTS=accept/);
    const env = { CEASEWATCH_WITHOUT_ACCOUNTS: 'accept' };
    expect(readConfig(['--host', '0.0.0.0'], env, '/w').loopback).toBe(false);
  });

  test.each([
    [['--port', 'many'], /PORT or --port must be a number/],
    [['--port', '70000'], /PORT or --port must be a number/],
    [['--prot', '1'], /Unknown option '--prot'.*The flags are/s],
    [['stray'], /stray.*The flags are/s],
    [['--centre', 'c.json'], /--centre goes with --empty/],
    [['--empty', '--seed', 's'], /belong to the exercise/],
    [['--start', 'yesterday'], /must be an instant/],
    [['--help'], /^npm start/],
  ])('%j is refused in words', (args, words) => {
    expect(complaint(args)).toMatch(words);
  });

  test('keep the log in EventStoreDB where its address is set', () => {
    const env = { EVENTSTORE_URL: 'esdb://127.0.0.1:2113?tls=false', EVENTSTORE_PREFIX: 'cw2' };
    expect(read([], env).store).toEqual({
      address: { endpoints: [{ address: '127.0.0.1', port: 2113 }] },
      prefix: 'cw2',
      patience: { allTriesMs: 12_000, notSentMs: 3_000 },
    });
    expect(read([], { EVENTSTORE_URL: '' }).store).toBeUndefined();
    expect(complaint([], { EVENTSTORE_URL: 'esdb://store:2113' })).toContain('tlsCAFile');
    expect(complaint([], { EVENTSTORE_PREFIX: 'C W' })).toContain('EVENTSTORE_PREFIX');
    const patient = { ...env, EVENTSTORE_PATIENCE: '30' };
    expect(read([], patient).store?.patience?.allTriesMs).toBe(30_000);
    for (const wrong of ['2', '61', 'long']) {
      expect(complaint([], { EVENTSTORE_PATIENCE: wrong })).toContain('EVENTSTORE_PATIENCE');
    }
  });
  test('let a proxy speak for many', () => {
    expect(read().socketsAnAddress).toBeUndefined();
    expect(read([], { SOCKETS_AN_ADDRESS: '2000' }).socketsAnAddress).toBe(2_000);
    expect(complaint([], { SOCKETS_AN_ADDRESS: '0' })).toContain('SOCKETS_AN_ADDRESS');
  });
  test('have the address of the store in a file, which nobody else can read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ceasewatch-config-'));
    const file = join(folder, 'eventstore-url');
    writeFileSync(file, 'esdb://127.0.0.1:2113?tls=false\n');
    expect(read([], { EVENTSTORE_URL_FILE: file }).store?.address.endpoints).toEqual([
      { address: '127.0.0.1', port: 2113 },
    ]);
    const both = { EVENTSTORE_URL_FILE: file, EVENTSTORE_URL: 'esdb://127.0.0.1?tls=false' };
    expect(complaint([], both)).toContain('leave one out');
    rmSync(folder, { recursive: true });
    expect(complaint([], { EVENTSTORE_URL_FILE: file })).toContain('is not there');
  });
});
