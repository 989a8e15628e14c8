import { Agent, request } from 'node:http';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Receipt } from '@ceasewatch/api/contract/observation';
import { exerciseCentre } from '@ceasewatch/domain/testing/exercise-centre';
import { openLog } from '../src/event-log/open-log.ts';
import { NodeProcess } from './testing/node-process.ts';
import { commandId, content } from './testing/reports.ts';

/**
 * Sixty times the real process is killed with -9 while eight submitters send. What was acknowledged is
 * then in the log: once, unaltered, under the number that the receipt named; what was not acknowledged
 * is sent again with the same id and is there once too.
 */
const ROUNDS = 60;
/** Side by side, each in a folder of its own. */
const LANES = 2;
const SUBMITTERS = 8;
/** Answers after which a process is killed: another number every round. */
const LEAST_ANSWERS = 8;
const MOST_ANSWERS = 48;

interface Sent {
  readonly body: Record<string, unknown> & { readonly id: string; readonly narrative: string };
  receipt?: Receipt;
}

/** Answers only what was answered: a connection that breaks says nothing. */
function submit(address: string, agent: Agent, body: object): Promise<Receipt | undefined> {
  return new Promise((resolve) => {
    const text = JSON.stringify(body);
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(text),
    };
    const post = request(
      `${address}/api/observations`,
      { method: 'POST', agent, headers },
      (answer) => {
        let got = '';
        answer.on('data', (chunk: Buffer) => (got += chunk.toString()));
        answer.on('error', () => resolve(undefined));
        answer.on('end', () => {
          if (answer.statusCode !== 200 && answer.statusCode !== 201) throw new Error(got);
          resolve(JSON.parse(got));
        });
      },
    );
    post.on('error', () => resolve(undefined));
    post.end(text);
  });
}

function newReport(round: number, submitter: number): Sent {
  const when = {
    from: new Date(Date.now() - 600_000).toISOString(),
    precision: 'minute',
    zone: 'UTC',
  };
  const narrative = `Round ${round}, submitter ${submitter}, ${commandId()}`;
  return { body: { id: commandId(), ...content({ when }), narrative } };
}

describe('a node that is killed with -9 under load', () => {
  test('has lost nothing that it acknowledged, and nothing is there twice', async () => {
    const base = mkdtempSync(join(tmpdir(), 'ceasewatch-kill-'));
    const lanes = await Promise.all(
      Array.from({ length: LANES }, (_, lane) => killed(join(base, `lane-${lane}`))),
    );
    rmSync(base, { recursive: true, force: true });
    for (const { sent, inLog } of lanes) {
      for (const { body, receipt } of sent.filter((each) => each.receipt !== undefined)) {
        const minute = `${String(Object(body['when']).from).slice(0, 16)}:00.000Z`;
        expect(inLog.get(body.id)).toEqual([
          { seq: receipt?.seq, narrative: body.narrative, time: receipt?.recordedAt, at: minute },
        ]);
      }
      const known = new Set(sent.map(({ body }) => body.id));
      expect([...inLog.keys()].filter((id) => !known.has(id))).toEqual([]);
    }
    const acknowledged = lanes.flatMap(({ sent }) => sent.filter(({ receipt }) => receipt));
    expect(acknowledged.length).toBeGreaterThan(ROUNDS * SUBMITTERS);
    // Otherwise nobody was in the middle of anything when the process died.
    const unanswered = lanes.reduce((sum, lane) => sum + lane.unanswered, 0);
    expect(unanswered).toBeGreaterThan(ROUNDS);
  }, 900_000);
});

interface Written {
  readonly seq: number;
  readonly narrative: string;
  readonly time: string;
  readonly at: string;
}

/** One folder, in which half of the rounds are lived and at last read. */
async function killed(folder: string) {
  mkdirSync(folder);
  const centre = join(folder, 'centre.json');
  const data = join(folder, 'data');
  writeFileSync(centre, JSON.stringify(exerciseCentre(Date.now() - 98 * 86_400_000)));
  const args = ['--empty', '--centre', centre, '--data', data, '--port', '0'];
  // Compiled once: a start then costs half of its time, and there are many.
  const env = { NODE_COMPILE_CACHE: join(folder, 'compiled') };
  const first = new NodeProcess(args, env);
  await first.ready();
  await first.kill('SIGTERM');
  const sent: Sent[] = [];
  // Each submitter keeps what was not answered and sends it again to the next process.
  let waiting: readonly (Sent | undefined)[] = Array.from({ length: SUBMITTERS });
  let unanswered = 0;
  for (let round = 0; round < ROUNDS / LANES; round += 1) {
    const node = new NodeProcess(args, env);
    waiting = await live(round, node, await node.ready(), waiting, sent);
    unanswered += waiting.filter((unsent) => unsent !== undefined).length;
  }
  return { sent, unanswered, inLog: await read(data) };
}

/** Submits from all sides until enough was answered, kills the node, and returns what was not. */
async function live(
  round: number,
  node: NodeProcess,
  address: string,
  waiting: readonly (Sent | undefined)[],
  sent: Sent[],
): Promise<readonly (Sent | undefined)[]> {
  const agent = new Agent({ keepAlive: true });
  let alive = true;
  let left = LEAST_ANSWERS + ((round * 17) % (MOST_ANSWERS - LEAST_ANSWERS));
  let enough = (): void => undefined;
  const answered = new Promise<void>((resolve) => (enough = resolve));
  const submitters = waiting.map(async (unsent, submitter) => {
    for (let next = unsent; alive; next = undefined) {
      const mine = next ?? newReport(round, submitter);
      if (next === undefined) sent.push(mine);
      const receipt = await submit(address, agent, mine.body);
      if (receipt === undefined) return mine;
      mine.receipt = receipt;
      if (--left === 0) enough();
    }
    return undefined;
  });
  await answered;
  await node.kill('SIGKILL');
  alive = false;
  const unsent = await Promise.all(submitters);
  agent.destroy();
  return unsent;
}

async function read(folder: string): Promise<ReadonlyMap<string, readonly Written[]>> {
  const log = await openLog({ folder, exercise: false, now: Date.now });
  const inLog = new Map<string, readonly Written[]>();
  for (let after = -1, atHead = false; !atHead;) {
    const page = await log.page(after, 1_000);
    for (const { seq, envelope, disclosed } of page.events) {
      if (envelope.type !== 'observation.recorded.v1') continue;
      const shown = disclosed['narrative'];
      const narrative = shown?.state === 'shown' ? shown.value : '';
      const at = String(Object(envelope.data['when']).from);
      const entry = { seq, narrative, time: envelope.time, at };
      inLog.set(envelope.id, [...(inLog.get(envelope.id) ?? []), entry]);
    }
    after = page.reached;
    atHead = page.atHead;
  }
  await log.close();
  return inLog;
}
