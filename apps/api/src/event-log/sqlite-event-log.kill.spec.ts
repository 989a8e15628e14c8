import { afterAll, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { openLog } from './open-log.ts';
import { FIRST_INSTANT, testStream } from './testing/events.ts';

/**
 * Promise R1 at the level of the log: a process that appends is killed with SIGKILL at a random moment,
 * again and again on the same folder; everything it acknowledged is there, once, unaltered.
 */
const ROUNDS = 12;
/** Characters of acknowledgements before a writer may be killed: some twenty, however slow the disk. */
const LEAST = 2_000;

describe('a log whose process is killed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ceasewatch-kill-'));
  const children: ChildProcess[] = [];
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  /** Starts a writer, kills it some time after some acknowledgements, returns what it promised. */
  const killedUnderLoad = async (first: number, afterMs: number): Promise<readonly string[]> => {
    const script = join(import.meta.dirname, 'testing', 'append-under-load.ts');
    const child = spawn(execPath, ['--conditions=ceasewatch-source', script, folder, `${first}`], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    let promised = '';
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    child.stdout.on('data', (chunk: Buffer) => {
      const before = promised.length;
      promised += chunk.toString();
      if (before < LEAST && promised.length >= LEAST)
        setTimeout(() => child.kill('SIGKILL'), afterMs);
    });
    const [, signal] = await once(child, 'close');
    if (signal !== 'SIGKILL') throw new Error(`the writer ended by itself: ${complaint}`);
    // A line that was cut by the kill was never received.
    return promised.split('\n').slice(0, -1);
  };

  it(`keeps every acknowledged event through ${ROUNDS} kills`, async () => {
    const promised: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      promised.push(...(await killedUnderLoad(round * 1_000_000, Math.random() * 60)));
      const log = await openLog({ folder, exercise: true, now: () => FIRST_INSTANT });
      const there = new Map<string, string>();
      for (let after = -1, more = true; more;) {
        const page = await log.page(after, 1_000);
        for (const { seq, envelope, leafHash, disclosed } of page.events) {
          expect(seq).toBe(there.size);
          if (seq > 0) expect(Object.values(disclosed)).toMatchObject([{ state: 'shown' }]);
          there.set(envelope.id, `${envelope.id} ${seq} ${Buffer.from(leafHash).toString('hex')}`);
        }
        after = page.reached;
        more = !page.atHead;
      }
      const lost = promised.filter((line) => there.get(line.slice(0, 36)) !== line);
      expect(lost).toEqual([]);
      // What a kill leaves behind hinders no later writer.
      expect((await log.source(testStream(1))).revision).toBe(0);
      await log.close();
    }
    expect(promised.length).toBeGreaterThan(ROUNDS * 10);
  }, 300_000);
});
