import type { Contender, Row } from '../harness.ts';
import { latencyOf } from '../load/quantiles.ts';
import { sampleEvents } from '../sample-events.ts';
import { openNode, ownStore, THE_STORE } from '../store-contenders.ts';

/** From the call of append at one of three nodes, in turn, until a follower at the last of them has it. */
const NODES = 3;
const PER_SECOND = 200;

const threeNodes: Contender = {
  name: 'three nodes in one process',
  async start(units) {
    const store = await ownStore();
    const nodes = await Promise.all(Array.from({ length: NODES }, () => openNode(store)));
    const events = sampleEvents(units, units);
    const stopping = new AbortController();
    const sent = new Map<string, { readonly at: number; missing: number }>();
    let took: number[] = [];
    let done: (() => void) | undefined;
    let wanted = Infinity;
    let next = 0;
    const seen = (id: string): void => {
      const each = sent.get(id);
      if (each === undefined) return;
      each.missing -= 1;
      if (each.missing > 0) return;
      took.push(performance.now() - each.at);
      if (took.length === wanted) done?.();
    };
    const followers = nodes.map(async ({ log }) => {
      for await (const each of log.follow(log.head().seq, { signal: stopping.signal })) {
        if (each.kind !== 'batch') continue;
        for (const { envelope } of each.events) seen(envelope.id);
      }
    });
    return {
      async run(count) {
        took = [];
        wanted = count;
        const all = new Promise<void>((resolve) => (done = resolve));
        const began = performance.now();
        const answers: Promise<unknown>[] = [];
        for (let at = 0; at < count; at += 1, next += 1) {
          const wait = began + (at * 1_000) / PER_SECOND - performance.now();
          if (wait > 0) await new Promise((resume) => setTimeout(resume, wait));
          const sample = events[next];
          const node = nodes[next % NODES];
          if (sample === undefined || node === undefined) throw new Error('too few samples');
          sent.set(sample.event.envelope.id, { at: performance.now(), missing: NODES });
          answers.push(node.log.append(sample.stream, 'none', [sample.event]));
        }
        await Promise.all([all, ...answers]);
        return latencyOf(Float64Array.from(took));
      },
      async stop() {
        stopping.abort();
        await Promise.all(followers);
        for (const { end } of nodes) await end();
      },
    };
  },
};

export const row: Row = {
  name: 'store-three-nodes',
  title: `a report at one node → at all three, on ${THE_STORE}, ${PER_SECOND}/s`,
  unit: 'event',
  rounds: 3,
  units: 1_000,
  aims: { p99Ms: 50 },
  contenders: [threeNodes],
};
