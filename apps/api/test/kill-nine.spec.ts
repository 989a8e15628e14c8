import { Agent, request } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Receipt } from '@ceasewatch/api/contract';
import { exerciseCentre } from '@ceasewatch/domain/testing/exercise-centre';
import { openLog } from '../src/event-log/open-log.ts';
import { isBuilt, NodeProcess } from './testing/node-process.ts';
import { commandId, content } from './testing/reports.ts';

/**
 * Sixty times the real process is killed with -9 while eight submitters send. What was acknowledged is
 * then in the log: once, unaltered, under the number that the receipt named; what was not acknowledged
 * is sent again with the same id and is there once too.
 */
const ROUNDS = 60;
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
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) };
    const post = request(`${address}/api/observations`, { method: 'POST', agent, headers }, (answer) => {
      let got = '';
      answer.on('data', (chunk: Buffer) => (got += chunk.toString()));
      answer.on('error', () => resolve(undefined));
      answer.on('end', () => {
        if (answer.statusCode !== 200 && answer.statusCode !== 201) throw new Error(got);
        resolve(JSON.parse(got));
      });
    });
    post.on('error', () => resolve(undefined));
    post.end(text);
  });
}

function newReport(round: number, submitter: number): Sent {
  const when = { from: new Date(Date.now() - 600_000).toISOString(), precision: 'minute', zone: 'UTC' };
  const narrative = `Round ${round}, submitter ${submitter}, ${commandId()}`;
  return { body: { id: commandId(), ...content({ when }), narrative } };
}

const builtOnly = isBuilt ? describe : describe.skip;
if (!isBuilt) console.warn('apps/api is not built: the process is not killed');

builtOnly('a node that is killed with -9 under load', () => {
  test('has lost nothing that it acknowledged, and nothing is there twice', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ceasewatch-kill-'));
    const centre = join(folder, 'centre.json');
    writeFileSync(centre, JSON.stringify(exerciseCentre(Date.now() - 98 * 86_400_000)));
    const args = ['--empty', '--centre', centre, '--data', join(folder, 'data'), '--port', '0'];
    const sent: Sent[] = [];
    // Each submitter keeps what was not answered and sends it again to the next process.
    const waiting: (Sent | undefined)[] = Array.from({ length: SUBMITTERS });
    let unanswered = 0;

    for (let round = 0; round < ROUNDS; round += 1) {
      const node = new NodeProcess(args);
      const address = await node.ready();
      const agent = new Agent({ keepAlive: true });
      let killed = false;
      let left = LEAST_ANSWERS + ((round * 17) % (MOST_ANSWERS - LEAST_ANSWERS));
      let goOn: () => void;
      const enough = new Promise<void>((resolve) => (goOn = resolve));
      const submitters = waiting.map(async (unsent, submitter) => {
        let next = unsent;
        while (!killed) {
          const mine = next ?? newReport(round, submitter);
          if (next === undefined) sent.push(mine);
          const receipt = await submit(address, agent, mine.body);
          if (receipt !== undefined) mine.receipt = receipt;
          if (receipt !== undefined && --left === 0) goOn();
          next = receipt === undefined ? mine : undefined;
          if (receipt === undefined) break;
        }
        waiting[submitter] = next;
      });
      await enough;
      await node.kill('SIGKILL');
      killed = true;
      await Promise.all(submitters);
      agent.destroy();
      unanswered += waiting.filter((unsent) => unsent !== undefined).length;
    }

    const log = await openLog({ folder: join(folder, 'data'), exercise: false, now: Date.now });
    const inLog = new Map<string, { seq: number; narrative: string; time: string; at: string }[]>();
    for (let after = -1; ; ) {
      const page = await log.page(after, 1_000);
      for (const { seq, envelope, disclosed } of page.events) {
        if (envelope.type !== 'observation.recorded.v1') continue;
        const shown = disclosed['narrative'];
        const narrative = shown?.state === 'shown' ? shown.value : '';
        const at = String(Object(envelope.data['when']).from);
        const entries = inLog.get(envelope.id) ?? [];
        inLog.set(envelope.id, [...entries, { seq, narrative, time: envelope.time, at }]);
      }
      if (page.atHead) break;
      after = page.reached;
    }
    await log.close();
    rmSync(folder, { recursive: true, force: true });

    const acknowledged = sent.filter(({ receipt }) => receipt !== undefined);
    for (const { body, receipt } of acknowledged) {
      const minute = `${String(Object(body['when']).from).slice(0, 16)}:00.000Z`;
      expect(inLog.get(body.id)).toEqual([
        { seq: receipt?.seq, narrative: body.narrative, time: receipt?.recordedAt, at: minute },
      ]);
    }
    const known = new Set(sent.map(({ body }) => body.id));
    expect([...inLog.keys()].filter((id) => !known.has(id))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(ROUNDS * SUBMITTERS);
    // Otherwise nobody was in the middle of anything when the process died.
    expect(unanswered).toBeGreaterThan(ROUNDS);
  }, 300_000);
});
