import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { text } from 'node:stream/consumers';
import { writeLog } from './testing/write-log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ceasewatch-verify-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('a verification that nobody reads any more ends with its own answer', async () => {
  writeLog(folder).close();
  const script = join(import.meta.dirname, 'verify-log.main.ts');
  const args = ['--conditions=ceasewatch-source', script, '--data', folder];
  const child = spawn(execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  const [said, ended] = await Promise.all([text(child.stderr), once(child, 'close')]);
  expect([said, ended]).toEqual(['', [0, null]]);
});
