import { setTimeout as pause } from 'node:timers/promises';
import process, { argv } from 'node:process';
import { report, tenMinutesAgo } from '../../apps/api/test/testing/reports.ts';
import { HttpConnection } from './http-connection.ts';
import { LiveListener } from './live-listener.ts';
import { latencyOf } from './quantiles.ts';

/**
 * A process with many dashboards and one submitter: `listen.ts ADDRESS CLIENTS RATE`. Told how many
 * reports, it submits them at an even pace and answers how long after each 201 every client had its
 * frame; one that had it before the 201 waited nothing.
 */
const [address = '', clients = '100', perSecond = '50'] = argv.slice(2);
const PATIENCE_MS = 10_000;
/** Connections that are opened at a time, as a proxy would pass them on. */
const AT_A_TIME = 50;

const listeners: LiveListener[] = [];
while (listeners.length < Number(clients)) {
  const more = Math.min(AT_A_TIME, Number(clients) - listeners.length);
  listeners.push(
    ...(await Promise.all(Array.from({ length: more }, () => LiveListener.join(address)))),
  );
}
const submitters = await Promise.all(Array.from({ length: 8 }, () => HttpConnection.open(address)));

async function submitAndWait(count: number): Promise<void> {
  const acceptedAt = new Map<number, number>();
  for (const listener of listeners) listener.forget();
  const began = performance.now();
  let next = 0;
  await Promise.all(
    submitters.map(async (submitter) => {
      for (let at = next; at < count; at = next) {
        next += 1;
        await pause(Math.max(0, began + (at * 1_000) / Number(perSecond) - performance.now()));
        const sent = JSON.stringify(report({ when: tenMinutesAgo() }));
        const { status, body } = await submitter.post(sent);
        if (status !== 201) throw new Error(`answered ${status}: ${body}`);
        const { seq }: { seq: number } = JSON.parse(body);
        acceptedAt.set(seq, performance.now());
      }
    }),
  );
  const last = Math.max(...acceptedAt.keys());
  const patience = performance.now() + PATIENCE_MS;
  while (listeners.some(({ position }) => position < last)) {
    if (performance.now() > patience) throw new Error('a client has not heard everything');
    await pause(5);
  }
  process.send?.(latencyOf(waits(acceptedAt)));
}

function waits(acceptedAt: ReadonlyMap<number, number>): Float64Array {
  const all = new Float64Array(acceptedAt.size * listeners.length);
  let at = 0;
  for (const listener of listeners) {
    if (listener.pulls > 0) throw new Error('a client was taken out of the stream');
    for (const [seq, accepted] of acceptedAt) {
      all[at] = Math.max(0, (listener.heardAt.get(seq) ?? Number.POSITIVE_INFINITY) - accepted);
      at += 1;
    }
  }
  return all;
}

process.on('message', (count: number) => void submitAndWait(count));
process.on('disconnect', () => {
  for (const each of [...listeners, ...submitters]) each.close();
});
process.send?.('ready');
