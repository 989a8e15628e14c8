import { Agent, request } from 'node:http';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Receipt } from '@ceasewatch/api/contract/observation';
import { openLog } from '../../src/event-log/open-log.ts';
import { centreFileIn } from './centre-file.ts';
import { NodeProcess } from './node-process.ts';
import { commandId, content, tenMinutesAgo } from './reports.ts';

/**
 * The real process is killed with -9 again and again while eight submitters send. What was acknowledged
 * is then in the log: once, unaltered, under the number that the receipt named; what was not
 * acknowledged is sent again with the same id and is there once too.
 */
export interface KillLoop {
  readonly kills: number;
  readonly acknowledged: number;
  /** Reports that were under way when their process died: else nobody was in the middle of anything. */
  readonly unanswered: number;
  /** Sentences about what was acknowledged and is lost, altered or twice, or was never sent. */
  readonly broken: readonly string[];
}

/** Side by side, each in a folder of its own. */
const LANES = 2;
const SUBMITTERS = 8;
/** Answers after which a process is killed: another number every round. */
const LEAST_ANSWERS = 8;
const MOST_ANSWERS = 48;

export async function killLoop(kills: number): Promise<KillLoop> {
  const base = mkdtempSync(join(tmpdir(), 'ceasewatch-kill-'));
  try {
    const rounds = (lane: number) => Math.floor((kills + lane) / LANES);
    const lanes = await Promise.all(
      Array.from({ length: LANES }, (_, lane) => killed(join(base, `lane-${lane}`), rounds(lane))),
    );
    const sent = lanes.flatMap((lane) => lane.sent);
    return {
      kills,
      acknowledged: sent.filter(({ receipt }) => receipt !== undefined).length,
      unanswered: lanes.reduce((sum, lane) => sum + lane.unanswered, 0),
      broken: lanes.flatMap((lane) => brokenIn(lane)),
    };
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

interface Sent {
  readonly body: Record<string, unknown> & { readonly id: string; readonly narrative: string };
  receipt?: Receipt;
}

interface Written {
  readonly seq: number;
  readonly narrative: string;
  readonly time: string;
  readonly at: string;
}

interface Lane {
  readonly sent: readonly Sent[];
  readonly unanswered: number;
  readonly inLog: ReadonlyMap<string, readonly Written[]>;
}

function brokenIn({ sent, inLog }: Lane): readonly string[] {
  const known = new Set(sent.map(({ body }) => body.id));
  const invented = [...inLog.keys()].filter((id) => !known.has(id));
  return [
    ...invented.map((id) => `${id} was never sent`),
    ...sent.flatMap(({ body, receipt }) => {
      const there = JSON.stringify(inLog.get(body.id) ?? []);
      const at = `${String(Object(body['when']).from).slice(0, 16)}:00.000Z`;
      const { narrative } = body;
      const promised = receipt && { seq: receipt.seq, narrative, time: receipt.recordedAt, at };
      if (promised === undefined || there === JSON.stringify([promised])) return [];
      return `${body.id} was acknowledged as ${JSON.stringify(promised)}; the log has ${there}`;
    }),
  ];
}

/** One folder, in which some rounds are lived and at last read. */
async function killed(folder: string, rounds: number): Promise<Lane> {
  mkdirSync(folder);
  const data = join(folder, 'data');
  const args = ['--empty', '--centre', centreFileIn(folder), '--data', data, '--port', '0'];
  const first = new NodeProcess(args);
  await first.ready();
  await first.kill('SIGTERM');
  const sent: Sent[] = [];
  // Each submitter keeps what was not answered and sends it again to the next process.
  let waiting: readonly (Sent | undefined)[] = Array.from({ length: SUBMITTERS });
  let unanswered = 0;
  for (let round = 0; round < rounds; round += 1) {
    const node = new NodeProcess(args);
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
  const narrative = `Round ${round}, submitter ${submitter}, ${commandId()}`;
  return { body: { id: commandId(), ...content({ when: tenMinutesAgo() }), narrative } };
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
