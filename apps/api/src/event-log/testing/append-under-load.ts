// A process that appends as fast as it can until it is killed. It writes one line per acknowledged
// event, so that whoever killed it knows what was promised: `<id> <seq> <leaf hash>`.
import { argv, stdout } from 'node:process';
import { leafHash } from '@ceasewatch/tlog/leaf';
import { openLog } from '../open-log.ts';
import { FIRST_INSTANT, testEvent, testStream } from './events.ts';

const WRITERS = 8;
const [folder = '', first = '0'] = argv.slice(2);
const log = await openLog({ folder, exercise: true, now: () => FIRST_INSTANT });

let next = Number(first);
async function write(): Promise<never> {
  for (;;) {
    next += 1;
    const n = next;
    const event = testEvent({ stream: n, disclosed: { narrative: `said ${n}` } });
    const appended = await log.append(testStream(n), 'none', [event]);
    const hash = Buffer.from(leafHash(Buffer.from(event.leaf))).toString('hex');
    stdout.write(`${event.envelope.id} ${appended.events[0]?.seq} ${hash}\n`);
  }
}
await Promise.all(Array.from({ length: WRITERS }, write));
