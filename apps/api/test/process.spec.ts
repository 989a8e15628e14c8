import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { SmallDisk } from '../src/event-log/testing/small-disk.ts';
import { NodeProcess } from './testing/node-process.ts';

/** What a person reads who starts a node, and what a supervisor sees when it stops. */

const base = mkdtempSync(join(tmpdir(), 'ceasewatch-process-'));
afterAll(() => {
  chmodSync(base, 0o700);
  rmSync(base, { recursive: true, force: true });
});
const real = (folder: string) => ['--empty', '--data', join(base, folder), '--port', '0'];

describe('the process of a node', () => {
  test('says in one line where it is, and leaves within ten seconds when asked', async () => {
    const node = new NodeProcess(real('one'));
    const address = await node.ready();
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
    expect(node.output).toBe(`Ceasewatch is ready at ${address}\n`);
    const began = performance.now();
    const { code, errors } = await node.kill('SIGTERM');
    expect([code, errors]).toEqual([0, '']);
    expect(performance.now() - began).toBeLessThan(10_000);
  }, 120_000);

  test('says that it is an exercise', async () => {
    const start = new Date(Date.now() - 3 * 86_400_000).toISOString();
    const node = new NodeProcess([
      '--data',
      join(base, 'exercise'),
      '--port',
      '0',
      '--start',
      start,
    ]);
    expect(await node.ready()).toMatch(/^http/);
    expect(node.output).toMatch(/^Ceasewatch \(exercise\) is ready at \S+\n$/);
    await node.kill('SIGINT');
    const other = await new NodeProcess(real('exercise')).ended;
    expect([other.code, other.output]).toEqual([1, '']);
    expect(other.errors).toMatch(/^.*holds an exercise.*--data FOLDER.*leave out --empty\.\n$/);
  }, 180_000);

  test('says in one line why it does not start', async () => {
    const busy = createServer().listen(0, '127.0.0.1');
    await once(busy, 'listening');
    const address = busy.address();
    const port = typeof address === 'object' ? `${address?.port}` : '';
    const first = new NodeProcess(real('used'));
    await first.ready();
    writeFileSync(join(base, 'file'), '');
    mkdirSync(join(base, 'damaged'));
    writeFileSync(join(base, 'damaged', 'log.sqlite'), 'no database '.repeat(400));
    const broken = join(base, 'centre.json');
    writeFileSync(broken, '{"layout":"ceasewatch-centre-1"}');
    const cases: readonly (readonly [string[], RegExp])[] = [
      [real('used'), /^Another node is using .*used\. Stop it, or .*--data FOLDER\.\n$/],
      [
        ['--empty', '--data', join(base, 'p'), '--port', port],
        /^Port \d+ is in use\. .*--port \d+\.\n$/,
      ],
      [
        ['--empty', '--data', join(base, 'file', 'below'), '--port', '0'],
        /^.*cannot write.*--data FOLDER\.\n$/,
      ],
      [
        ['--empty', '--data', '/proc/ceasewatch/below', '--port', '0'],
        /^cannot write to \/proc\/ceasewatch\/below: .*--data FOLDER\.\n$/,
      ],
      [real('damaged'), /^The log is damaged, .*verify-log.*--data FOLDER\.\n$/],
      [['--prot', '1'], /^Unknown option '--prot'/],
      [['--empty', '--host', '0.0.0.0'], /^There are no accounts yet: .*\n$/],
      [
        [...real('centre'), '--centre', join(base, 'no.json')],
        /^The centre file .*no\.json cannot be read: .*\n$/,
      ],
      [
        [...real('centre'), '--centre', broken],
        /^The centre file .* is not valid:\n(.*\n)* {2}`zone` must be there/,
      ],
    ];
    for (const [args, words] of cases) {
      const { code, output, errors } = await new NodeProcess(args).ended;
      expect([code, output]).toEqual([1, '']);
      expect(errors).toMatch(words);
      expect(errors).not.toMatch(/\n\s+at /);
    }
    await first.kill('SIGTERM');
    busy.close();
  }, 180_000);

  test('says in one line that its folder can only be read, or that its disk is full', async () => {
    const disk = SmallDisk.of('8m');
    if (disk === undefined) return;
    try {
      const folder = ['--empty', '--data', join(disk.folder, 'data'), '--port', '0'];
      disk.fill();
      const full = await new NodeProcess(folder).ended;
      expect([full.code, full.output]).toEqual([1, '']);
      expect(full.errors).toMatch(/^cannot write to \S+data: .*--data FOLDER\.\n$/);
      disk.free();
      const node = new NodeProcess(folder);
      await node.ready();
      await node.kill('SIGTERM');
      disk.remount('ro');
      const readOnly = await new NodeProcess(folder).ended;
      expect([readOnly.code, readOnly.output]).toEqual([1, '']);
      expect(readOnly.errors).toMatch(/^cannot write to \S+data: .*--data FOLDER\.\n$/);
    } finally {
      disk.remove();
    }
  }, 120_000);

  test('comes back with everything after kill -9', async () => {
    const node = new NodeProcess(real('killed'));
    const head = async (address: string): Promise<unknown> => {
      const body: unknown = await (await fetch(`${address}/health/ready`)).json();
      return Object(body).head;
    };
    const before = await head(await node.ready());
    await node.kill('SIGKILL');
    const again = new NodeProcess(real('killed'));
    expect(await head(await again.ready())).toBe(before);
    await again.kill('SIGTERM');
  }, 120_000);
});
