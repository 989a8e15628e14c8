// A node's log on a store in a process of its own: `store-node.ts URL PREFIX SAMPLES`. It appends the
// sample whose number it is sent, answers with that number, and tells when it has seen which event.
import process, { argv } from 'node:process';
import { followed } from '../followed-log.ts';
import { sharedNow } from '../paced.ts';
import { sampleEvents } from '../sample-events.ts';
import { openNode } from '../store-contenders.ts';

export type NodeSaid =
  | { readonly ready: true }
  | { readonly appended: number }
  | { readonly seen: string; readonly at: number };

const [url = '', prefix = '', samples = '0'] = argv.slice(2);
const { log, end } = await openNode({ url, prefix });
const events = sampleEvents(Number(samples), Number(samples));
const say = (said: NodeSaid): void => void process.send?.(said);

const unfollow = followed(log, (id) => say({ seen: id, at: sharedNow() }));
process.on('message', (n: number) => void append(n));
process.once('disconnect', () => void unfollow().then(end));
say({ ready: true });

async function append(n: number): Promise<void> {
  const sample = events[n];
  if (sample === undefined) throw new Error(`there is no sample ${n}`);
  await log.append(sample.stream, 'none', [sample.event]);
  say({ appended: n });
}
