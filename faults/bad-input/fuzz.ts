import { Agent, request } from 'node:http';
import fc from 'fast-check';
import { observationReport } from '@ceasewatch/domain/observation/observation.report';
import { randomOf } from '@ceasewatch/domain/testing/random';
import { report } from '../../apps/api/test/testing/reports.ts';
import type { Tested } from '../fault-promise.ts';
import { eventsOf, idsOfCentre, textOf } from '../model/asking.ts';
import type { RealNode } from '../model/real-process.ts';
import { grownMb, MOST_GROWTH_MB } from './growth.ts';
import { type FuzzRequest, requestsOf } from './requests.ts';

/** What a node said to a request. */
interface Said {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

const AT_A_TIME = 16;
const BATCH = 500;

/**
 * Sends valid and nearly valid requests to every endpoint, and tells of each that was answered as a fault
 * of the node, of each that was refused in other words than a problem's, and of whatever was recorded
 * that the schema forbids or that nobody was told of.
 */
export async function fuzz(node: RealNode, times: number, seed: string): Promise<Tested> {
  const { address } = node;
  const agent = new Agent({ keepAlive: true, maxSockets: AT_A_TIME });
  const before = (await eventsOf(address)).length;
  const requests = await requestsTo(address);
  const random = randomOf(seed);
  const broken: string[] = [];
  const recorded = new Set<string>();
  let [done, refused] = [0, 0];
  const heaps: number[] = [];
  while (done < times) {
    const numRuns = Math.min(BATCH, times - done);
    const batch = fc.sample(requests, { numRuns, seed: random.whole(0, 2 ** 31 - 1) });
    let next = 0;
    const sender = async () => {
      for (let at = next++; at < batch.length; at = next++) {
        const sent = batch[at];
        if (sent === undefined) return;
        const said = await send(address, agent, sent);
        if (said.status >= 400) refused += 1;
        const wrong = wrongWith(sent, said);
        if (wrong !== undefined)
          broken.push(`${sent.method} ${sent.path} ${sent.body ?? ''}: ${wrong}`);
        if (said.status === 201) recorded.add(idOf(said.text));
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, sender));
    done += numRuns;
    heaps.push((await node.detail()).heapBytes);
  }
  const grown = grownMb(heaps, times);
  if (grown > MOST_GROWTH_MB) {
    broken.push(`it grew by ${grown.toFixed(0)} MiB in the last three quarters`);
  }
  agent.destroy();
  const events = (await eventsOf(address)).slice(before);
  const untold = events.filter(({ envelope }) => !recorded.has(idOfSubject(envelope.subject)));
  broken.push(...untold.map(({ seq }) => `event ${seq} was recorded and nobody was told so`));
  const [first] = broken;
  return {
    times,
    broken: broken.length,
    ...(first === undefined ? {} : { first }),
    witness: {
      refused,
      recorded: events.length,
      'MiB more': Math.round(grown),
    },
  };
}

async function requestsTo(address: string): Promise<fc.Arbitrary<FuzzRequest>> {
  const from = new Date(Date.now() - 3_600_000).toISOString();
  const when = { from, precision: 'minute', zone: 'UTC' };
  const plausible = report({ when });
  const ids = (await idsOfCentre(address)).slice(0, 60);
  const words = [
    ...ids,
    from,
    'UTC',
    'Europe/Moscow',
    '38SMJ1234567890',
    '1',
    '40',
    '24h',
    'burst',
    '-1',
  ];
  const document: unknown = JSON.parse(await textOf(`${address}/api/openapi.json`));
  return requestsOf(document, words, plausible);
}

/** Undefined when it was answered as it had to be. */
function wrongWith(
  { route, body = '' }: FuzzRequest,
  { status, type, text }: Said,
): string | undefined {
  const told = `answered ${status} ${text.slice(0, 300)}`;
  if (status === 0 || status >= 500) return told;
  if (status >= 400 && !type.startsWith('application/problem+json')) return `${told} as ${type}`;
  if (status !== 201 || route !== '/api/observations') return undefined;
  const { success, error } = observationReport.safeParse(JSON.parse(body));
  return success ? undefined : `recorded although ${error.message}`;
}

function idOf(text: string): string {
  return String(JSON.parse(text).id);
}

function idOfSubject(subject: string): string {
  return subject.slice(subject.indexOf('/') + 1);
}

function send(
  address: string,
  agent: Agent,
  { method, path, headers, body }: FuzzRequest,
): Promise<Said> {
  return new Promise((resolve) => {
    const type = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const asked = request(`${address}${path}`, { method, agent, headers: { ...type, ...headers } });
    asked.on('error', (error) => resolve({ status: 0, type: '', text: String(error) }));
    asked.on('response', (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('error', (error) => resolve({ status: 0, type: '', text: String(error) }));
      answer.on('end', () => {
        const text = Buffer.concat(pieces).toString();
        resolve({
          status: answer.statusCode ?? 0,
          type: answer.headers['content-type'] ?? '',
          text,
        });
      });
    });
    asked.end(body);
  });
}
