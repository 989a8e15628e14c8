import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EventLog, StoredEvent } from '../src/event-log/event-log.ts';
import { StandIn } from '../src/event-log/testing/stand-in.ts';
import { NodeUnderTest } from './testing/node-under-test.ts';
import { commandId, content, match, report } from './testing/reports.ts';
import { until } from './testing/until.ts';

/** Several nodes on one store: the same numbers, the same answers, the same bytes at each. */
let standIn: StandIn;
const nodes: NodeUnderTest[] = [];

beforeAll(async () => {
  standIn = await StandIn.started();
  const address = { endpoints: [{ address: '127.0.0.1', port: standIn.port }] };
  // All begin at once, on an empty store.
  nodes.push(...Array.from({ length: 3 }, () => new NodeUnderTest({ store: { address } })));
  await Promise.all(nodes.map((node) => node.start()));
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.end()));
  await standIn.kill();
});

const at = (n: number): NodeUnderTest => {
  const node = nodes[n % nodes.length];
  if (node === undefined) throw new Error('there are no nodes');
  return node;
};
const logOf = (node: NodeUnderTest): EventLog => node.running.parts.eventLog;

async function levelled(): Promise<void> {
  const head = Math.max(...nodes.map((node) => logOf(node).head().seq));
  for (const node of nodes) await until(() => logOf(node).head().seq >= head);
}

async function wholeLog(node: NodeUnderTest): Promise<readonly StoredEvent[]> {
  return (await logOf(node).page(-1, 1_000)).events;
}

type Receipt = { readonly id: string; readonly seq: number };

const ASK_AGAIN = [202, 503, 504];
const PATIENCE_MS = 60_000;
/** Nearly as long as a node waits for what another one has answered. */
const WAITS_MS = 1_900;

/** As every client does: without an answer the same goes out again, under the same id. */
async function answered(
  node: NodeUnderTest,
  body: unknown,
  { to = '/api/observations', headers = {} }: Asked = {},
) {
  const patience = performance.now() + PATIENCE_MS;
  for (let times = 1; ; times += 1) {
    const answer = await node.post(to, body, headers);
    if (!ASK_AGAIN.includes(answer.status) || performance.now() > patience)
      return { ...answer, times };
    await new Promise((resume) => setTimeout(resume, 100));
  }
}

interface Asked {
  readonly to?: string;
  readonly headers?: Record<string, string>;
}

async function receiptFor(node: NodeUnderTest, body: unknown): Promise<Receipt> {
  const { status, body: receipt } = await answered(node, body);
  expect([200, 201]).toContain(status);
  return { id: String(receipt['id']), seq: Number(receipt['seq']) };
}

/** Whoever recorded says so once, unless its answer was lost and it had to be asked again. */
function expectOneRecorded(
  answers: readonly { readonly status: number; readonly times: number }[],
) {
  const recorded = answers.filter(({ status }) => status === 201).length;
  const lost = answers.some(({ times }) => times > 1);
  expect(lost ? Math.max(1, recorded) : recorded).toBe(1);
}

describe('three nodes on one store', () => {
  test('are one log, whichever of them began it', () => {
    expect(new Set(nodes.map((node) => logOf(node).head().logId)).size).toBe(1);
  });

  test('give every event the same number and the same chain', async () => {
    const sent = Array.from({ length: 60 }, () => report());
    const receipts = await Promise.all(sent.map((body, n) => receiptFor(at(n), body)));
    await levelled();
    const [first, ...others] = await Promise.all(nodes.map(wholeLog));
    for (const log of others) expect(log).toEqual(first);
    for (const { id, seq } of receipts) {
      expect(first?.[seq]?.envelope.subject).toBe(`observation/${id}`);
    }
  });

  test('answer a report that is sent again at another node with the first receipt', async () => {
    const sent = report({ narrative: 'Three bursts, then silence.' });
    const first = await answered(at(0), sent);
    expectOneRecorded([first]);
    for (const n of [1, 2, 0]) {
      const again = await answered(at(n), sent);
      expect([again.status, again.body]).toEqual([200, first.body]);
    }
  });

  test('know what another node has just answered, when its client moves to them', async () => {
    const { seq } = await receiptFor(at(0), report());
    await Promise.all(
      nodes.map(async (node) => {
        for (let isSlow = true; isSlow;) {
          const began = performance.now();
          const { status } = await node.get(`/api/changes?after=${seq}`);
          // A node that does not get so far in time waits as long as it may before it says so.
          isSlow = status !== 200 && performance.now() - began > WAITS_MS;
          expect([200, ...(isSlow ? [status] : [])]).toContain(status);
        }
      }),
    );
  });

  test('record a report once that is sent to all of them at the same time', async () => {
    const sent = report({ narrative: 'Three bursts, then silence.' });
    const answers = await Promise.all(nodes.map((node) => answered(node, sent)));
    for (const { status } of answers) expect([200, 201]).toContain(status);
    expectOneRecorded(answers);
    expect(new Set(answers.map(({ body }) => body['seq'])).size).toBe(1);
    const log = await wholeLog(at(0));
    const subject = `observation/${sent.id}`;
    expect(log.filter(({ envelope }) => envelope.subject === subject)).toHaveLength(1);
  });

  test.each(['text that others read', 'narrative'])(
    'refuse the same id with other content at every node (%s)',
    async (what) => {
      const sent = report({ narrative: 'Three bursts.' });
      await receiptFor(at(0), sent);
      const other =
        what === 'narrative' ? { narrative: 'Four bursts.' } : { count: { unknown: 'not_known' } };
      for (const node of nodes) {
        const answer = await answered(node, { ...sent, ...other });
        expect([answer.status, answer.body['code']]).toEqual([409, 'id_reused']);
      }
    },
  );

  test('let one of two corrections at two nodes win', async () => {
    const first = report();
    await receiptFor(at(0), first);
    await levelled();
    const correct = (node: NodeUnderTest, value: number) =>
      answered(
        node,
        {
          id: commandId(),
          corrects: 1,
          reason: 'transcription',
          content: content({ count: { value, qualifier: 'exact', unit: 'burst' } }),
        },
        { to: `/api/observations/${first.id}/corrections`, headers: match(0) },
      );
    const answers = await Promise.all([correct(at(1), 3), correct(at(2), 4)]);
    const [won, lost] = answers.toSorted((a, b) => a.status - b.status);
    expect(lost?.status).toBe(412);
    expect(won?.times === 1 ? [201] : [200, 201]).toContain(won?.status);
  });

  test('give the same changes, lists and exports byte for byte', async () => {
    await levelled();
    const { seq } = logOf(at(0)).head();
    for (const node of nodes) {
      await until(() => logOf(node).head().seq >= seq);
    }
    // Whoever hears of its store late says of its answers since when.
    await until(() => nodes.every((each) => logOf(each).condition().staleSince === undefined));
    for (const path of [
      `/api/changes?after=-1`,
      `/api/observations?asOf=${seq}`,
      `/api/situation?asOf=${seq}`,
      `/api/events?asOf=${seq}`,
      `/api/observations.csv?asOf=${seq}`,
    ]) {
      const [first, ...others] = await Promise.all(nodes.map((node) => node.text(path)));
      expect(first?.length).toBeGreaterThan(100);
      for (const other of others) expect(other).toBe(first);
    }
  });

  test('go on when one is stopped, and it has everything when it is back', async () => {
    await at(2).stop();
    const sent = Array.from({ length: 20 }, () => report());
    for (const [n, body] of sent.entries()) {
      await receiptFor(at(n % 2), body);
    }
    await at(2).start();
    await levelled();
    expect(await wholeLog(at(2))).toEqual(await wholeLog(at(0)));
  });

  test('let one begin from nothing and come to the same', async () => {
    const late = new NodeUnderTest({
      store: { address: { endpoints: [{ address: '127.0.0.1', port: standIn.port }] } },
    });
    await late.start();
    nodes.push(late);
    await levelled();
    expect(await wholeLog(late)).toEqual(await wholeLog(at(0)));
  });
});
