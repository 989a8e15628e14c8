import { openLog } from '../../apps/api/dist/event-log/open-log.js';
import { freshFolder, removeFolder } from '../disk.ts';
import type { Contender, Row } from '../harness.ts';
import { latencyOf } from '../load/quantiles.ts';
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
    const stopping = new AbortController();
    const sent = new Map<number, number>();
    let took: number[] = [];
    let done: (() => void) | undefined;
    let wanted = 0;
    const following = (async () => {
      const from = opened.head().seq;
      for await (const followed of opened.follow(from, { signal: stopping.signal })) {
        if (followed.kind !== 'batch') continue;
        for (const { seq } of followed.events) {
          took.push(performance.now() - (sent.get(seq) ?? Number.NaN));
        }
        if (took.length === wanted) done?.();
      }
    })();
    return {
      async run(count) {
        took = [];
        wanted = count;
        const all = new Promise<void>((resolve) => (done = resolve));
        const began = performance.now();
        for (const [at, { stream, event }] of events.splice(0, count).entries()) {
          await until(began + (at * 1_000) / PER_SECOND);
          // One is on its way at a time at this pace, so the next number is known.
          sent.set(opened.head().seq + 1, performance.now());
          await opened.append(stream, 'none', [event]);
        }
        await all;
        return latencyOf(Float64Array.from(took));
      },
      async stop() {
        stopping.abort();
        await following;
        await opened.close();
        removeFolder(folder);
      },
    };
  },
};

async function until(due: number): Promise<void> {
  const wait = due - performance.now();
  if (wait > 0) await new Promise((resume) => setTimeout(resume, wait));
}

export const row: Row = {
  name: 'append-to-subscriber',
  title: 'durable append → follower in the same process, 200/s',
  unit: 'event',
  rounds: 3,
  units: 1_000,
  aims: { p50Ms: 1, p99Ms: 8 },
  contenders: [log],
};
