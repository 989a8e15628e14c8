// A node's log on a store in a process of its own, or the bare client in its place:
// `store-node.ts URL PREFIX SAMPLES [bare]`. It appends the sample whose number it is sent, answers with
// that number, and tells when it has seen which events.
import process, { argv } from 'node:process';
import { BareClient } from '../../apps/api/src/event-log/testing/bare-client.ts';
import { followed } from '../followed-log.ts';
import { sharedNow } from '../paced.ts';
import { type SampleEvent, sampleEvents } from '../sample-events.ts';
import { appendBare, openNode, type OwnStore, recordsOf } from '../store-contenders.ts';

export type NodeSaid =
  { readonly ready: true } | { readonly appended: number } | { readonly seen: readonly Seen[] };

interface Seen {
  readonly id: string;
  readonly at: number;
}

interface Node {
  append(sample: number): Promise<unknown>;
  end(): Promise<void>;
}

/** What was seen is told so often: a message for each event would be a part of what is measured. */
const TELL_MS = 100;

const [url = '', prefix = '', samples = '0', which] = argv.slice(2);
const events = sampleEvents(Number(samples), Number(samples));
const say = (said: NodeSaid): void => void process.send?.(said);
let seen: Seen[] = [];
const told = (id: string): void => void seen.push({ id, at: sharedNow() });
const telling = setInterval(() => {
  if (seen.length > 0) say({ seen });
  seen = [];
}, TELL_MS);

const node = await (which === 'bare' ? bareNode : storeNode)({ url, prefix });
process.on('message', (n: number) => void append(n));
process.once('disconnect', () => {
  clearInterval(telling);
  void node.end();
});
say({ ready: true });

async function append(n: number): Promise<void> {
  await node.append(n);
  say({ appended: n });
}

async function storeNode(store: OwnStore): Promise<Node> {
  const { log, end } = await openNode(store);
  const unfollow = followed(log, told);
  return {
    append: (n) => log.append(sample(n).stream, 'none', [sample(n).event]),
    end: () => unfollow().then(end),
  };
}

async function bareNode(store: OwnStore): Promise<Node> {
  const client = new BareClient(store.url, store.prefix);
  const records = events.map((each) => recordsOf(each, store.prefix));
  const stop = await client.follow('end', told);
  return {
    async append(n) {
      const record = records[n];
      if (record === undefined) throw new Error(`there is no sample ${n}`);
      await appendBare(client, record);
    },
    end: () => stop().then(() => client.end()),
  };
}

function sample(n: number): SampleEvent {
  const there = events[n];
  if (there === undefined) throw new Error(`there is no sample ${n}`);
  return there;
}
