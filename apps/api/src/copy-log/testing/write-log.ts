import { subjectOf } from '@ceasewatch/domain/recorded-event';
import { openLog } from '../../event-log/open-log.ts';
import type { SqliteEventLog } from '../../event-log/sqlite-event-log.ts';
import { FIRST_INSTANT, testEvent, testId, testStream } from '../../event-log/testing/events.ts';

/** A log in a folder with everything that a copy can get wrong: see `fill`. */
export async function writeLog(folder: string, streams: number, first = 1): Promise<void> {
  const log = await openLog({ folder, exercise: true, logId: testId(0), now: () => FIRST_INSTANT });
  await fill(log, streams, first);
  await log.close();
}

/**
 * Streams of one to three events that lie among each other, what some of them disclose, and of every
 * seventh that some of it was erased, of every fourteenth all of it, step by step.
 */
async function fill(log: SqliteEventLog, streams: number, first: number): Promise<void> {
  const numbers = Array.from({ length: streams }, (_, at) => first + at);
  const append = (n: number, revision: number, event: object): Promise<unknown> =>
    log.append(testStream(n), revision === 0 ? 'none' : revision - 1, [
      testEvent({ stream: n, revision, ...event }),
    ]);
  for (let at = 0; at < numbers.length; at += 500) {
    const some = numbers.slice(at, at + 500);
    await Promise.all(some.map((n) => append(n, 0, n % 3 === 0 ? {} : { disclosed: said(n) })));
    const corrected = some.filter((n) => n % 5 === 0);
    await Promise.all(corrected.map((n) => append(n, 1, { data: { text: 'é\u2028𝄞' } })));
    for (const n of some.filter((each) => each % 7 === 0 && each % 3 !== 0)) {
      await erase(log, n, 'narrative');
      if (n % 14 === 0) await erase(log, n, 'asEntered');
    }
  }
}

function said(n: number): Readonly<Record<string, string>> {
  return { narrative: `Three bursts, heard at ${n}.`, asEntered: `1358C ${n}` };
}

/** Erases what the first event of a stream discloses under a name. */
export async function erase(
  log: Pick<SqliteEventLog, 'append' | 'source'>,
  n: number,
  name: string,
): Promise<void> {
  const stream = testStream(n);
  const { events, revision } = await log.source(stream);
  const [first] = events;
  if (first === undefined || revision === 'none') throw new Error(`${subjectOf(stream)} is empty`);
  const digests = [first.disclosed[name]?.digest ?? ''];
  const data = { event: testId(n), digests, reason: 'a name was in it' };
  const type = 'disclosure.erased.v1';
  const erasure = testEvent({ stream: n, revision: revision + 1, type, data });
  await log.append(stream, revision, [erasure]);
}
