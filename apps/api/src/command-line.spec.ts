import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { dataFolders, EXIT, exitCodeOf, readCommand, Refused, typedPath } from './command-line.ts';
import { ConfigError } from './config.ts';
import { EventLogError } from './event-log/event-log-error.ts';

describe('what is typed after a command', () => {
  const command = { usage: 'how to', options: { data: { type: 'string' } }, files: 1 } as const;
  const read = (...args: string[]) => readCommand(args, command);

  test('is its flags and its file', () => {
    const { values, positionals } = read('log.ndjson', '--data', 'here');
    expect({ ...values }).toEqual({ data: 'here' });
    expect(positionals).toEqual(['log.ndjson']);
  });
  test.each([[[]], [['a', 'b']], [['a', '--unknown']], [['a', '--data']], [['a', '--help']]])(
    '%j is answered with the usage',
    (args) => {
      expect(() => read(...args)).toThrow(ConfigError);
      expect(() => read(...args)).toThrow('how to');
    },
  );
  test('is no file where the command wants none', () => {
    expect(() => readCommand(['a'], { ...command, files: 0 })).toThrow('No file is named');
  });
});

describe('a path that is typed', () => {
  test('is meant from where it was typed, also when npm has moved to the root', () => {
    expect(typedPath('a/b', { INIT_CWD: '/typed' })).toBe('/typed/a/b');
    expect(typedPath('/a/b', { INIT_CWD: '/typed' })).toBe('/a/b');
    expect(typedPath('a/b', {})).toBe(resolve('a/b'));
  });
});

describe('the data folders of a command', () => {
  const before = process.cwd();
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'ceasewatch-command-'));
    for (const sort of ['exercise', 'real'])
      mkdirSync(join(root, 'data', sort), { recursive: true });
    process.chdir(root);
  });
  afterEach(() => {
    process.chdir(before);
    rmSync(root, { recursive: true });
  });

  test('are the one that is named, else the one that is set', () => {
    const env = { INIT_CWD: '/typed/here', CEASEWATCH_DATA: 'set' };
    expect(dataFolders('named', env)).toEqual(['/typed/here/named']);
    expect(dataFolders(undefined, env)).toEqual([resolve('set')]);
  });
  test('are else the usual ones that have a log', () => {
    expect(dataFolders(undefined, { CEASEWATCH_DATA: '' })).toEqual([]);
    writeFileSync(join(root, 'data', 'real', 'log.sqlite'), '');
    expect(dataFolders(undefined, {})).toEqual([resolve('data/real')]);
  });
});

describe('an exit code', () => {
  test.each([
    [new ConfigError('no'), EXIT.usage],
    [new Refused('it is there already'), EXIT.refused],
    [new EventLogError('log_corrupt', 'event 3'), EXIT.damaged],
    [new EventLogError('store_unavailable', 'away'), EXIT.again],
    [new EventLogError('storage_full', 'full'), EXIT.again],
    [new EventLogError('data_folder_in_use', 'held'), EXIT.refused],
    [Object.assign(new Error('EACCES'), { syscall: 'open' }), EXIT.again],
    [new TypeError('a fault'), undefined],
  ])('%p', (error, code) => expect(exitCodeOf(error)).toBe(code));
});
