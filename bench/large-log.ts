import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process, { env } from 'node:process';
import { openLog } from '../apps/api/dist/event-log/open-log.js';
import { sealEvent } from '../apps/api/dist/event-log/seal-event.js';
import { startNode } from '../apps/api/dist/node.js';
import { freshFolder } from './disk.ts';
import { startedNode } from './node-process.ts';
import { FOUNDED, syntheticCentre } from './synthetic-centre.ts';
import { FIRST, syntheticEvents } from './synthetic-events.ts';

/** Reports in the log of a node that is measured at size; the short form of a test has fewer. */
export const OBSERVATIONS = Number(env['BENCH_OBSERVATIONS'] ?? 1_000_000);
const AT_A_TIME = 512;

const made = new Map<number, Promise<string>>();

/** A folder with such a log and its rows, made once a run; a node over it was stopped as it should be. */
export function largeFolder(observations = OBSERVATIONS): Promise<string> {
  const folder = made.get(observations) ?? folderOf(observations);
  made.set(observations, folder);
  return folder;
}

/** How many events report so many observations, of which every tenth is corrected. */
export function eventsOf(observations: number): number {
  return observations + Math.floor(observations / 10);
}

export function flagsOver(folder: string, port = 0): readonly string[] {
  return ['--empty', '--data', folder, '--port', `${port}`];
}

/** Goes with the process. */
async function folderOf(observations: number): Promise<string> {
  const folder = freshFolder();
  process.on('exit', () => rmSync(folder, { recursive: true }));
  await found(folder);
  await report(folder, observations);
  const node = await startedNode(flagsOver(folder));
  while (!(await areRowsInUse(node.address)))
    await new Promise((resume) => setTimeout(resume, 100));
  await node.stop();
  return folder;
}

/** Rows that are built anew may have reached the head and still lack their indexes. */
export async function areRowsInUse(address: string): Promise<boolean> {
  const answer = await fetch(`${address}/health/ready`);
  const { head, projected } = JSON.parse(await answer.text());
  return answer.ok && head === projected;
}

/** With the centre of the reports, before anything is reported. */
async function found(data: string): Promise<void> {
  const centreFile = join(data, 'centre.json');
  writeFileSync(centreFile, JSON.stringify(syntheticCentre()));
  const here = { port: 0, host: '127.0.0.1', loopback: true, exercise: {} };
  await (await startNode({ ...here, data, sort: 'real', centreFile }, () => FOUNDED)).stop();
}

/** Appends as any writer does, so that the log is one that the product wrote. */
async function report(folder: string, observations: number): Promise<void> {
  const log = await openLog({ folder, exercise: false, now: () => FIRST });
  const source = `urn:ceasewatch:${log.head().logId}`;
  const { events: founding } = await log.page(-1, log.head().seq + 1);
  // As the envelope calls it.
  const { revision: centrerevision = 0 } =
    founding.findLast(({ envelope }) => envelope.subject.startsWith('centre/'))?.envelope ?? {};
  const waiting = new Set<Promise<unknown>>();
  for (const { envelope, disclosed } of syntheticEvents(observations)) {
    const { narrative } = disclosed;
    const words = narrative?.state === 'shown' ? { narrative: narrative.value } : {};
    const secret = new Uint8Array(32).fill(envelope.revision + 1);
    const event = sealEvent({ ...envelope, source, centrerevision }, words, () => secret);
    const { subject, revision } = envelope;
    const stream = `cw.${subject.replace('/', '-')}`;
    const appended = log.append(stream, revision === 0 ? 'none' : revision - 1, [event]);
    waiting.add(appended);
    if (waiting.size < AT_A_TIME) continue;
    await Promise.all(waiting);
    waiting.clear();
  }
  await Promise.all(waiting);
  await log.close();
}
