import { BareClient } from '../../apps/api/src/event-log/testing/bare-client.ts';
import { followed } from '../followed-log.ts';
import type { Contender, Row } from '../harness.ts';
import { PacedAppends } from '../paced.ts';
import { type SampleEvent, sampleEvents } from '../sample-events.ts';
import {
  appendBare,
  BARE_CLIENT,
  openNode,
  ownStore,
  recordsOf,
  THE_STORE,
} from '../store-contenders.ts';

/** From the call of append to a follower in the same process; what the port adds is the difference. */
const PER_SECOND = 100;

interface Followed {
  append(sample: SampleEvent): Promise<unknown>;
  stop(): Promise<void>;
}

function appending(
  name: string,
  open: (told: (id: string) => void) => Promise<Followed>,
): Contender {
  return {
    name,
    async start(units) {
      const paced = new PacedAppends(PER_SECOND);
      const { append, stop } = await open((id) => paced.seen(id));
      const samples = [...sampleEvents(units, units)];
      return { run: (count) => paced.run(samples.splice(0, count), append), stop };
    },
  };
}

const ours = appending('the log on the store and a follower', async (told) => {
  const { log, end } = await openNode(await ownStore());
  const unfollow = followed(log, told);
  return {
    append: ({ stream, event }) => log.append(stream, 'none', [event]),
    async stop() {
      await unfollow();
      await end();
    },
  };
});

const bare = appending(BARE_CLIENT, async (told) => {
  const { url, prefix } = await ownStore();
  const client = new BareClient(url, prefix);
  const unfollow = await client.follow('end', told);
  return {
    append: (sample) => appendBare(client, recordsOf(sample, prefix)),
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
  aims: { adds: { ms: 0.5, to: BARE_CLIENT } },
  contenders: [ours, bare],
};
