import { BareClient } from '../../apps/api/src/event-log/testing/bare-client.ts';
import type { Contender, Row } from '../harness.ts';
import { latencyOf } from '../load/quantiles.ts';
import { type SampleEvent, sampleEvents } from '../sample-events.ts';
import { BARE_CLIENT, openNode, ownStore, recordsOf, THE_STORE } from '../store-contenders.ts';

/** From the call of append to a follower in the same process; what the port adds is the difference. */
const PER_SECOND = 100;

interface Followed {
  append(sample: SampleEvent): Promise<unknown>;
  stop(): Promise<void>;
}

function paced(name: string, open: (told: (id: string) => void) => Promise<Followed>): Contender {
  return {
    name,
    async start(units) {
      const sent = new Map<string, number>();
      let took: number[] = [];
      let done: (() => void) | undefined;
      let wanted = Infinity;
      const { append, stop } = await open((id) => {
        const at = sent.get(id);
        if (at === undefined) return;
        took.push(performance.now() - at);
        if (took.length === wanted) done?.();
      });
      const samples = [...sampleEvents(units, units)];
      return {
        async run(count) {
          took = [];
          wanted = count;
          const all = new Promise<void>((resolve) => (done = resolve));
          const began = performance.now();
          for (const [at, sample] of samples.splice(0, count).entries()) {
            const wait = began + (at * 1_000) / PER_SECOND - performance.now();
            if (wait > 0) await new Promise((resume) => setTimeout(resume, wait));
            sent.set(sample.event.envelope.id, performance.now());
            await append(sample);
          }
          await all;
          return latencyOf(Float64Array.from(took));
        },
        stop,
      };
    },
  };
}

const ours = paced('the log on the store and a follower', async (told) => {
  const { log, end } = await openNode(await ownStore());
  const stopping = new AbortController();
  const following = (async () => {
    for await (const each of log.follow(log.head().seq, { signal: stopping.signal })) {
      if (each.kind === 'batch') for (const { envelope } of each.events) told(envelope.id);
    }
  })();
  return {
    append: ({ stream, event }) => log.append(stream, 'none', [event]),
    async stop() {
      stopping.abort();
      await following;
      await end();
    },
  };
});

const bare = paced(BARE_CLIENT, async (told) => {
  const { url, prefix } = await ownStore();
  const client = new BareClient(url, prefix);
  const unfollow = await client.follow('end', told);
  return {
    async append(sample) {
      const { vault, event } = recordsOf(sample, prefix);
      await client.append(vault.stream, [vault.event]);
      await client.append(event.stream, [event.event]);
    },
    async stop() {
      await unfollow();
      await client.end();
    },
  };
});

export const row: Row = {
  name: 'store-append-to-subscriber',
  title: `append → follower in the same process, on ${THE_STORE}, ${PER_SECOND}/s`,
  unit: 'event',
  rounds: 3,
  units: 500,
  contenders: [ours, bare],
};
