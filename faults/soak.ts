import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process, { argv, stdout } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { randomOf } from '@ceasewatch/domain/testing/random';
import { LiveFollower } from '../apps/api/test/testing/live-follower.ts';
import { countingFlag } from '../scripts/counting-flag.ts';
import { projectRoot } from '../scripts/source-tree.ts';
import { writePart } from '../scripts/written-part.ts';
import { commit, machine } from '../scripts/provenance.ts';
import { Ledger } from './model/ledger.ts';
import { Orders } from './model/orders.ts';
import { type RealNode, realNode } from './model/real-process.ts';
import { type Sample, saidVerdicts, type SoakVerdict, soakVerdicts } from './soak-verdicts.ts';

/**
 * `npm run test:faults -- --soak [--minutes 120] [--json FILE] [--write]`: a node under ten reports a second and two
 * hundred dashboards that come and go, looked at every minute: what it holds in memory and on disk, its
 * handles, its lag. At the end everything acknowledged is compared with the log, and memory, files, WAL and
 * handles with their bounds: what is broken ends with code 1. May be left alone.
 */
const USUAL_MINUTES = 120;
const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    minutes: { type: 'string' },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const MINUTES = countingFlag('minutes', values.minutes) ?? USUAL_MINUTES;
const MINUTE_MS = 60_000;
const REPORTS_A_SECOND = 10;
const DASHBOARDS = 200;
/** Longer than a connection is kept open over which nothing is asked. */
const AFTERMATH_MS = 75_000;
/** So many of them leave in a minute, and others come. */
const LEAVING_A_MINUTE = 20;

// Of what is tested, not of what lies there when it ends.
const tested = commit();
const node = await realNode();
await node.start();
const handlesAtFirst = node.process.handles();
const [ledger, random] = [new Ledger(), randomOf('soak')];
const orders = new Orders('soak', node.now);
const dashboards = Array.from({ length: DASHBOARDS }, () => new LiveFollower(0, { forgets: true }));
let isOver = false;
const reporting = report();
for (const each of dashboards) await each.connect(node.address);
const samples: Sample[] = [];
for (let minute = 1; minute <= MINUTES; minute += 1) {
  const until = performance.now() + MINUTE_MS;
  for (let left = 0; left < LEAVING_A_MINUTE; left += 1) await comeAndGo();
  await pause(Math.max(0, until - performance.now()));
  samples.push(await sample(node, minute));
  stdout.write(`${JSON.stringify(samples.at(-1))}\n`);
}
isOver = true;
await reporting;
await ledger.compare(node.address);
for (const each of dashboards) await each.leave();
await pause(AFTERMATH_MS);
const atRest = await sample(node, MINUTES);
const moreHandles = moreThan(handlesAtFirst, node.process.handles());
const verdicts = soakVerdicts(samples, { moreHandles });
const gaps = dashboards.reduce((sum, each) => sum + each.gaps, 0);
const told = table(samples, { ...atRest, gaps, held: saidHandles(moreHandles) }, verdicts);
stdout.write(`${told}\n`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(samples, null, 2)}\n`);
if (values.write) await writePart(join(projectRoot, 'docs/figures.md'), 'soak', told);
await node.end();
const isBroken = verdicts.some(({ kept }) => kept === false);
if (ledger.broken.length > 0 || gaps > 0 || isBroken) process.exitCode = 1;

async function report(): Promise<void> {
  const began = performance.now();
  for (let n = 0; !isOver; n += 1) {
    await pause(Math.max(0, began + (n * 1_000) / REPORTS_A_SECOND - performance.now()));
    await ledger.send(node.address, orders.report());
  }
}

async function comeAndGo(): Promise<void> {
  const leaving = dashboards[random.whole(0, DASHBOARDS - 1)];
  await leaving?.leave();
  await pause(MINUTE_MS / LEAVING_A_MINUTE / 2);
  await leaving?.connect(node.address);
}

async function sample(
  { detail, folder, process: running }: RealNode,
  minute: number,
): Promise<Sample> {
  const { heapBytes, residentBytes, lag, eventLoopDelayMs } = await detail();
  const sizeOf = (end: string) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(end))
      .reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  return {
    minute,
    heapMb: mega(heapBytes),
    residentMb: mega(residentBytes),
    walMb: mega(sizeOf('-wal')),
    logMb: mega(sizeOf('.sqlite')),
    handles: running.handles()?.length,
    lag,
    p99DelayMs: Math.round(eventLoopDelayMs.p99),
  };
}

function mega(bytes: number): number {
  return Math.round(bytes / 1e5) / 10;
}

/** Of what there is more than there was, and how much more. */
function moreThan(
  first: readonly string[] = [],
  last: readonly string[] = [],
): ReadonlyMap<string, number> {
  const count = (all: readonly string[], kind: string) =>
    all.filter((each) => each === kind).length;
  return new Map(
    [...new Set(last)]
      .map((kind) => [kind, count(last, kind) - count(first, kind)] as const)
      .filter(([, by]) => by > 0),
  );
}

/** `3 eventpoll, 1 log.sqlite` */
function saidHandles(more: ReadonlyMap<string, number>): string {
  return more.size === 0 ? 'nothing' : [...more].map(([kind, by]) => `${by} ${kind}`).join(', ');
}

/** Markdown: a line for every tenth of the time, what became of what was acknowledged, and whether it kept within bounds. */
function table(
  all: readonly Sample[],
  rest: Sample & { readonly gaps: number; readonly held: string },
  judged: readonly SoakVerdict[],
): string {
  const every = Math.max(1, Math.floor(all.length / 10));
  const head = [
    'minute',
    'heap',
    'resident',
    'WAL',
    'files',
    'handles',
    'lag',
    'p99 of the event loop',
  ];
  const lines = all
    .filter(({ minute }) => minute % every === 0)
    .map((each) => [
      each.minute,
      `${each.heapMb} MB`,
      `${each.residentMb} MB`,
      `${each.walMb} MB`,
      `${each.logMb} MB`,
      each.handles ?? '',
      each.lag,
      `${each.p99DelayMs} ms`,
    ]);
  const rows = [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`);
  const count = ledger.acknowledged.length.toLocaleString('en');
  const end = `${count} reports acknowledged, ${ledger.broken.length} of them lost or altered; ${rest.gaps} gaps at ${DASHBOARDS} dashboards.`;
  const left = `When all had left it held ${rest.handles} handles, ${handlesAtFirst?.length} at first; more of ${rest.held}; and ${rest.heapMb} MB of heap.`;
  return [
    `Commit \`${tested}\`, ${machine()}.`,
    rows.join('\n'),
    `${end} ${left}`,
    saidVerdicts(judged),
  ].join('\n\n');
}
