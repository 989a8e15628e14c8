import { BareClient } from '../../apps/api/src/event-log/testing/bare-client.ts';
import { followed } from '../followed-log.ts';
import type { Row } from '../harness.ts';
import { followedContender } from '../paced.ts';
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

const ours = followedContender('the log on the store and a follower', PER_SECOND, async (told) => {
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

const bare = followedContender(BARE_CLIENT, PER_SECOND, async (told) => {
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
