import { openLog } from '../../apps/api/dist/event-log/open-log.js';
import { freshFolder, removeFolder } from '../disk.ts';
import { followed } from '../followed-log.ts';
import type { Contender, Row } from '../harness.ts';
import { PacedAppends } from '../paced.ts';
import { LOG_ID, sampleEvents } from '../sample-events.ts';

/** From the call of append, through the sync to disk, to a follower of the log in the same process. */
const PER_SECOND = 200;

const log: Contender = {
  name: 'the log and a follower',
  async start(units) {
    const folder = freshFolder();
    const now = () => Date.UTC(2026, 7, 15);
    const opened = await openLog({ folder, exercise: true, logId: LOG_ID, now });
    const events = [...sampleEvents(units, units)];
    const paced = new PacedAppends(PER_SECOND);
    const unfollow = followed(opened, (id) => paced.seen(id));
    return {
      run: (count) =>
        paced.run(events.splice(0, count), ({ stream, event }) =>
          opened.append(stream, 'none', [event]),
        ),
      async stop() {
        await unfollow();
        await opened.close();
        removeFolder(folder);
      },
    };
  },
};

export const row: Row = {
  name: 'append-to-subscriber',
  title: 'durable append → follower in the same process, 200/s',
  unit: 'event',
  rounds: 3,
  units: 1_000,
  aims: { p50Ms: 1, p99Ms: 8 },
  contenders: [log],
};
