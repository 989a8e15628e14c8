import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { LIMITS } from '../src/live/limits.ts';
import { centreFileIn } from './testing/centre-file.ts';
import { LiveClient } from './testing/live-client.ts';
import { NodeProcess } from './testing/node-process.ts';
import { postOf, rawRequest } from './testing/raw-request.ts';
import { report, tenMinutesAgo } from './testing/reports.ts';

/** A node that is asked to stop, as its proxy, a submitter and its dashboards see it. */
const { drainSlice, drainPauseMs } = LIMITS;
const SLICES = 3;
const EXIT_WITHIN_MS = 10_000;
/** The body of a request comes so late that the node has been asked to stop in between. */
const BODY_AFTER_MS = 1_000;
/** So long at least it says that it is not ready before it refuses. */
const SAYS_SO_MS = 1_500;
const LOOK_MS = 5;

const base = mkdtempSync(join(tmpdir(), 'ceasewatch-draining-'));
afterAll(() => rmSync(base, { recursive: true }));

/** What this process does at once because it stood still, it cannot tell apart. */
class StoodStill {
  ms = 0;
  #seen = performance.now();
  readonly #timer = setInterval(() => {
    const now = performance.now();
    if (now - this.#seen > 4 * LOOK_MS) this.ms += now - this.#seen;
    this.#seen = now;
  }, LOOK_MS);

  end(): void {
    clearInterval(this.#timer);
  }
}

/** When each of the dashboards was let go, once all are in. */
async function dashboards(address: string, count: number): Promise<Promise<number>[]> {
  const clients: Promise<LiveClient>[] = [];
  for (let n = 0; n < count; n += 1) clients.push(LiveClient.open(address));
  const open = await Promise.all(clients);
  for (const each of open) expect(await each.join(0)).toBeDefined();
  return open.map(async ({ closed }) => {
    await closed;
    return performance.now();
  });
}

describe('a node that is asked to stop', () => {
  test('says that it is not ready, answers what is under way, lets dashboards go in slices, and leaves', async () => {
    const data = ['--data', join(base, 'data'), '--port', '0'];
    const node = new NodeProcess(['--empty', '--centre', centreFileIn(base), ...data]);
    const address = await node.ready();
    const ready = async () => (await fetch(`${address}/health/ready`)).status;
    const leaving = await dashboards(address, (SLICES - 1) * drainSlice + 1);

    const post = postOf(address, report({ when: tenMinutesAgo() }));
    const pieces = [post.subarray(0, -9), post.subarray(-9)];
    const answer = rawRequest(address, pieces, { pauseMs: BODY_AFTER_MS });
    // Who asks whether it is ready learns of the stop before it is refused.
    expect(await ready()).toBe(200);
    const still = new StoodStill();
    const began = performance.now();
    const ended = node.kill('SIGTERM');
    const refused = (error: unknown) => {
      // Unless nobody asked for as long as it said so.
      if (still.ms < SAYS_SO_MS) throw error;
      return 503;
    };
    while ((await ready().catch(refused)) !== 503)
      await new Promise((resume) => setTimeout(resume, 20));

    expect((await answer).status).toBe(201);
    const { code, errors } = await ended;
    expect([code, errors]).toEqual([0, '']);
    expect(performance.now() - began).toBeLessThan(EXIT_WITHIN_MS);
    const left = await Promise.all(leaving);
    still.end();
    const tookMs = Math.max(...left) - Math.min(...left);
    expect(tookMs + still.ms).toBeGreaterThan(((SLICES - 1) * drainPauseMs) / 2);
  }, 120_000);
});
