// Appends from eight sides, with a checkpoint every hundred pages, and writes a line to its output for
// each event that was acknowledged: `<id> <seq> <leaf hash>`. Whoever traces it sees what was promised
// between which writes and which syncs.
import { writeSync } from 'node:fs';
import { argv } from 'node:process';
import type { Appended, EventToAppend } from '../../apps/api/src/event-log/event-log.ts';
import { isEventLogError } from '../../apps/api/src/event-log/event-log-error.ts';
import { openLog } from '../../apps/api/src/event-log/open-log.ts';
import { WriterConnection } from '../../apps/api/src/event-log/sqlite-connection.ts';
import {
  FIRST_INSTANT,
  testEvent,
  testStream,
} from '../../apps/api/src/event-log/testing/events.ts';

const WRITERS = 8;
const [folder = '', count = '0'] = argv.slice(2);
const log = await openLog({
  folder,
  exercise: true,
  now: () => FIRST_INSTANT,
  connect(file) {
    const connection = new WriterConnection(file);
    connection.db.exec('PRAGMA wal_autocheckpoint = 100');
    return connection;
  },
});

async function write(writer: number): Promise<void> {
  for (let n = 1 + writer; n <= Number(count); n += WRITERS) {
    const event = testEvent({ stream: n, disclosed: { narrative: `said ${n}` } });
    const { events } = await appendUntilKnown(testStream(n), event);
    const hash = Buffer.from(event.leafHash).toString('hex');
    writeSync(1, `${event.envelope.id} ${events[0]?.seq} ${hash}\n`);
  }
}

/** As everybody does who is told that the outcome is not known: the same again. */
async function appendUntilKnown(stream: string, event: EventToAppend): Promise<Appended> {
  for (;;) {
    try {
      return await log.append(stream, 'none', [event]);
    } catch (error) {
      if (!isEventLogError(error, 'outcome_unknown', 'store_unavailable')) throw error;
    }
  }
}
await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
// Killed, not closed: a closed log has nothing left to lose.
process.kill(process.pid, 'SIGKILL');
