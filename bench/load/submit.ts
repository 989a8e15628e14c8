import process, { argv } from 'node:process';
import { report, tenMinutesAgo } from '../../apps/api/test/testing/reports.ts';
import { HttpConnection } from './http-connection.ts';
import { latencyOf } from './quantiles.ts';

/**
 * A process that submits reports: `submit.ts ADDRESS CONNECTIONS RATE`. Told how many, it sends them,
 * as fast as the connections allow (rate 0) or at an even pace, and answers how long they took. At a
 * pace the clock runs from when a report was due, so that a server that stalls is not flattered.
 */
const [address = '', connections = '32', perSecond = '0'] = argv.slice(2);
const rate = Number(perSecond);
const open = await Promise.all(
  Array.from({ length: Number(connections) }, () => HttpConnection.open(address)),
);

function bodies(count: number): readonly string[] {
  const when = tenMinutesAgo();
  return Array.from({ length: count }, () => JSON.stringify(report({ when })));
}

async function submitAll(count: number): Promise<void> {
  const waiting = bodies(count);
  const took = new Float64Array(count);
  const began = performance.now();
  let next = 0;
  await Promise.all(
    open.map(async (connection) => {
      for (let at = next; at < count; at = next) {
        next += 1;
        const due = rate === 0 ? performance.now() : began + (at * 1_000) / rate;
        await until(due);
        const { status, body } = await connection.post(waiting[at] ?? '');
        if (status !== 201) throw new Error(`answered ${status}: ${body}`);
        took[at] = performance.now() - due;
      }
    }),
  );
  process.send?.(latencyOf(took));
}

async function until(due: number): Promise<void> {
  const wait = due - performance.now();
  if (wait > 0) await new Promise((resume) => setTimeout(resume, wait));
}

process.on('message', (count: number) => void submitAll(count));
process.on('disconnect', () => {
  for (const connection of open) connection.close();
});
process.send?.('ready');
