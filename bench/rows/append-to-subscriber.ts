import { openLog } from '../../apps/api/dist/event-log/open-log.js';
import { freshFolder, removeFolder } from '../disk.ts';
import { followed } from '../followed-log.ts';
import type { Row } from '../harness.ts';
import { followedContender } from '../paced.ts';
import { followedPeers } from '../peers/followed-peers.ts';
import { LOG_ID } from '../sample-events.ts';

/** From the call of append, through the sync to disk, to a follower of the log in the same process. */
const PER_SECOND = 200;

const log = followedContender('the log and a follower', PER_SECOND, async (told) => {
  const folder = freshFolder();
  const now = () => Date.UTC(2026, 7, 15);
  const opened = await openLog({ folder, exercise: true, logId: LOG_ID, now });
  const unfollow = followed(opened, told);
  return {
    append: ({ stream, event }) => opened.append(stream, 'none', [event]),
    async stop() {
      await unfollow();
      await opened.close();
      removeFolder(folder);
    },
  };
});

export const row: Row = {
  name: 'append-to-subscriber',
  title: 'durable append → follower in the same process, 200/s',
  unit: 'event',
  rounds: 3,
  units: 1_000,
  aims: { p50Ms: 1, p99Ms: 8 },
  contenders: [log],
  peers: followedPeers(PER_SECOND),
};
