import { env } from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Receipt } from '@ceasewatch/api/contract/observation';
import { StandIn } from '../src/event-log/testing/stand-in.ts';
import { digestOf, LiveCrowd } from './testing/live-crowd.ts';
import { allChanges } from './testing/live-follower.ts';
import { commandId, content, tenMinutesAgo } from './testing/reports.ts';
import { ThreeNodes } from './testing/three-nodes.ts';

/**
 * Three nodes on one store under load, with two hundred dashboards: one is killed and comes back, one is
 * drained and built from nothing. What was acknowledged is then in the log under the number of its
 * receipt, every dashboard was told every change once and in order, and the three read models are one.
 *
 * `THREE_NODES_REPORTS` makes it larger; with `EVENTSTORE_TEST_URL` it runs on a real server.
 */
const REPORTS = Number(env['THREE_NODES_REPORTS'] ?? 240);
const DASHBOARDS = Number(env['THREE_NODES_DASHBOARDS'] ?? 200);
const SUBMITTERS = 6;
/** Generous: machines are busy. */
const PATIENCE_MS = 60_000;
const EXIT_WITHIN_MS = 10_000;

let standIn: StandIn | undefined;
let nodes: ThreeNodes;
let crowd: LiveCrowd;
beforeAll(async () => {
  const real = env['EVENTSTORE_TEST_URL'];
  standIn = real === undefined ? await StandIn.started() : undefined;
  nodes = new ThreeNodes(standIn?.url ?? real ?? '', `n${Date.now().toString(36)}`);
  await nodes.start();
  crowd = new LiveCrowd(nodes.address, DASHBOARDS);
  await crowd.reached(0, PATIENCE_MS);
}, 120_000);
afterAll(async () => {
  await crowd.end();
  await nodes.remove();
  await standIn?.kill();
});

const receipts = new Map<string, Receipt>();

/** At whichever node is there, the same id again until there is a receipt; then once more elsewhere. */
async function submit(n: number): Promise<void> {
  const body = {
    id: commandId(),
    ...content({ when: tenMinutesAgo() }),
    narrative: `Report ${n}.`,
  };
  const receipt = await answered(body);
  receipts.set(body.id, receipt);
  if (n % 4 === 0) expect(await answered(body)).toEqual(receipt);
}

async function answered(body: object): Promise<Receipt> {
  for (const until = performance.now() + PATIENCE_MS; ;) {
    const answer = await post(body);
    if (answer !== undefined) return answer;
    if (performance.now() > until) throw new Error('no node gives a receipt');
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

async function post(body: object): Promise<Receipt | undefined> {
  let response: Response;
  try {
    response = await fetch(`${nodes.any()}/api/observations`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  } catch (error) {
    // The node went away in the middle of it, and nobody knows what became of it.
    if (String(error) === 'TypeError: fetch failed') return undefined;
    throw error;
  }
  const told = await response.text();
  if ([202, 429, 503, 504].includes(response.status)) return undefined;
  if (!response.ok) throw new Error(`${response.status} ${told}`);
  return JSON.parse(told);
}

/** All submitters at once, and what happens meanwhile when so many have their receipts. */
async function submitAll(happens: readonly (readonly [number, () => Promise<void>])[]) {
  let begun = 0;
  const happening: Promise<void>[] = [];
  const waiting = [...happens];
  const submitters = Array.from({ length: SUBMITTERS }, async () => {
    while (begun < REPORTS) {
      await submit((begun += 1));
      const [next] = waiting;
      if (next === undefined || receipts.size < next[0] * REPORTS) continue;
      waiting.shift();
      happening.push(next[1]());
    }
  });
  await Promise.all(submitters);
  expect(waiting).toEqual([]);
  await Promise.all(happening);
}

describe('three nodes on one store, under load', () => {
  test('lose nothing, tell nothing twice, and come to the same', async () => {
    const killed = async () => {
      await nodes.end(1, 'SIGKILL');
      await nodes.startOne(1);
    };
    const drainedAndBuiltAnew = async () => {
      const began = performance.now();
      const { code } = await nodes.end(0, 'SIGTERM');
      expect([code, performance.now() - began < EXIT_WITHIN_MS]).toEqual([0, true]);
      nodes.forget(0);
      await nodes.startOne(0);
    };
    await submitAll([
      [0.25, killed],
      [0.5, drainedAndBuiltAnew],
    ]);
    expect(receipts.size).toBe(REPORTS);

    const changes = await allChanges(nodes.addressOf(2));
    const last = changes.at(-1)?.seq ?? 0;
    await crowd.reached(last, PATIENCE_MS);
    const wanted = {
      position: last,
      inOrder: true,
      gaps: 0,
      reloads: 0,
      digest: digestOf(changes),
    };
    const members = await crowd.members();
    for (const member of members) expect(member).toMatchObject(wanted);
    // Otherwise nobody was moved from node to node.
    expect(members.filter(({ connections }) => connections > 1).length).toBeGreaterThan(0);

    const recorded = changes.filter(({ type }) => type === 'observation.recorded.v1');
    expect(recorded).toHaveLength(REPORTS);
    for (const { seq, subject, after } of recorded) {
      const receipt = receipts.get(subject.slice('observation/'.length));
      expect([seq, after?.number]).toEqual([receipt?.seq, receipt?.number]);
    }
    for (const n of [0, 1]) await untilProjected(nodes.addressOf(n), last);
    await crowd.end();
    for (const { code } of await nodes.stop()) expect(code).toBe(0);
    const [first, ...others] = [0, 1, 2].map((n) => nodes.tables(n));
    expect(Object.keys(first ?? {}).length).toBeGreaterThan(10);
    for (const other of others) expect(other).toEqual(first);
  }, 300_000);
});

async function untilProjected(address: string, seq: number): Promise<void> {
  for (const until = performance.now() + PATIENCE_MS; ;) {
    const { projected } = JSON.parse(await (await fetch(`${address}/health/ready`)).text());
    if (projected >= seq) return;
    if (performance.now() > until) throw new Error(`${address} stays at ${projected}`);
    await new Promise((resume) => setTimeout(resume, 20));
  }
}
