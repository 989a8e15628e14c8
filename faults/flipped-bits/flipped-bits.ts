import { isDeepStrictEqual } from 'node:util';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Random, randomOf } from '@ceasewatch/domain/testing/random';
import type { LogEntry } from '@ceasewatch/api/contract/log';
import { allChanges } from '../../apps/api/test/testing/live-follower.ts';
import type { Tested } from '../fault-promise.ts';
import { type Answered, ask, eventsOf, textOf } from '../model/asking.ts';
import type { FaultyNode } from '../model/faulty-node.ts';
import { type Order, Orders } from '../model/orders.ts';
import { Tally } from '../tally.ts';

/**
 * One flipped bit anywhere in the files of a node that was killed or stopped: log, WAL, vault, rows. It is
 * harmless, and then everything is answered as before and what is recorded stays, or it is told, and
 * nothing is recorded.
 */
const REPORTS = 150;
const AT_A_TIME = 50;

/** A node over a folder, which it takes for its own. */
export type NodeOver = (folder: string) => FaultyNode;

export async function flippedBits(
  nodes: {
    readonly fresh: () => Promise<FaultyNode>;
    readonly over: NodeOver;
    readonly folder: () => string;
  },
  times: number,
  seed: string,
  isTried: (file: string) => boolean = () => true,
): Promise<Tested> {
  const [random, tally] = [randomOf(seed), new Tally()];
  const written = await write(nodes, seed);
  for (let n = 0; n < times; n += 1) {
    const place = placeIn(random.pick([written.killed, written.stopped]), random, isTried);
    const folder = nodes.folder();
    cpSync(place.in, folder, { recursive: true });
    flip(join(folder, place.file), place);
    const node = nodes.over(folder);
    const { outcome, wrong } = await seenOf(node, written);
    await node.end();
    tally.saw(outcome);
    tally.add(
      wrong && `bit ${place.bit} of byte ${place.byte} of ${place.file} in ${place.in}: ${wrong}`,
    );
  }
  return tally.tested;
}

interface Written {
  /** Folders: as after a kill, when the newest events are in the WAL alone; and as after a stop. */
  readonly killed: string;
  readonly stopped: string;
  readonly shown: Shown;
  /** The first report, to be sent again; one to be taken back; and one that is new. */
  readonly again: Order;
  readonly turned: Order;
  readonly fresh: Order;
}

interface Shown {
  readonly events: readonly LogEntry[];
  readonly rows: string;
  readonly situation: string;
  readonly changes: readonly unknown[];
  readonly centre: string;
}

async function write(
  nodes: { readonly fresh: () => Promise<FaultyNode>; readonly folder: () => string },
  seed: string,
): Promise<Written> {
  const node = await nodes.fresh();
  await node.start();
  const orders = new Orders(seed, node.now);
  const reports = Array.from({ length: REPORTS }, () => orders.report());
  for (let from = 0; from < REPORTS; from += AT_A_TIME) {
    const some = reports.slice(from, from + AT_A_TIME);
    await Promise.all(some.map((order) => ask(node.address, order)));
  }
  const [first, middle] = [reports[0], reports[REPORTS >> 1]];
  if (first === undefined || middle === undefined) throw new Error('nothing was reported');
  const shown = await shownBy(node);
  const [killed, stopped] = [nodes.folder(), nodes.folder()];
  cpSync(node.folder, killed, { recursive: true });
  await node.stop();
  cpSync(node.folder, stopped, { recursive: true });
  await node.end();
  const known = { id: middle.id, number: 1, version: 1, revision: 0, status: 'recorded' } as const;
  return {
    killed,
    stopped,
    shown,
    again: first,
    turned: orders.turn(known),
    fresh: orders.report(),
  };
}

async function shownBy({ address }: FaultyNode): Promise<Shown> {
  const events = await eventsOf(address);
  const changes = await allChanges(address);
  const at = `asOf=${changes.at(-1)?.seq ?? 0}&at=2026-11-22T12:00:00Z`;
  return {
    events,
    changes,
    rows: await textOf(`${address}/api/observations.ndjson`),
    situation: await textOf(`${address}/api/situation?${at}`),
    centre: await textOf(`${address}/api/centre`),
  };
}

interface Place {
  readonly in: string;
  readonly file: string;
  readonly byte: number;
  readonly bit: number;
}

/** Files by turns, for most of a folder is rows; an index of a WAL is made anew at every start. */
function placeIn(folder: string, random: Random, isTried: (file: string) => boolean): Place {
  const files = readdirSync(folder).filter(
    (name) => /\.sqlite(-wal)?$/.test(name) && isTried(name),
  );
  const sizes = files.map((file) => ({ file, size: readFileSync(join(folder, file)).length }));
  const [first = { file: '', size: 0 }, ...rest] = sizes.filter(({ size }) => size > 0);
  const { file, size } = random.pick([first, ...rest]);
  return { in: folder, file, byte: random.whole(0, size - 1), bit: random.whole(0, 7) };
}

function flip(file: string, { byte, bit }: Place): void {
  const bytes = readFileSync(file);
  bytes[byte] = (bytes[byte] ?? 0) ^ (1 << bit);
  writeFileSync(file, bytes);
}

interface Outcome {
  readonly outcome: 'harmless' | 'damage told' | 'told at the start' | 'not answered';
  readonly wrong?: string | undefined;
}

/**
 * A question that is answered with no 200 breaks the promise as a wrong answer does, unless it is told
 * that who asks cannot be recorded.
 */
async function seenOf(node: FaultyNode, written: Written): Promise<Outcome> {
  try {
    return await outcomeOf(node, written);
  } catch (error) {
    const said = String(error);
    if (/answered 503: .*reads\.sqlite cannot be written/.test(said))
      return { outcome: 'damage told' };
    return { outcome: 'not answered', wrong: said };
  }
}

async function outcomeOf(node: FaultyNode, written: Written): Promise<Outcome> {
  try {
    await node.start();
  } catch (error) {
    const isTold = /log_corrupt|foreign_log/.test(String(Object(error).code));
    return { outcome: 'told at the start', wrong: isTold ? undefined : String(error) };
  }
  const shown = await shownBy(node);
  const isTrue = isDeepStrictEqual(
    shown.events,
    written.shown.events.slice(0, shown.events.length),
  );
  const wrong = isTrue ? await harm(node, shown, written) : 'other events';
  // The whole log is walked while the node serves already: what that finds may be told a moment later.
  if (wrong === undefined || !(await isDamaged(node))) return { outcome: 'harmless', wrong };
  const refused = await answersOf(node, [written.fresh, written.turned]);
  const told = refused.map((answer) => `${answer?.status} ${answer?.body.code}`);
  const isRefused = told.every((each) => each === '503 log_damaged');
  const areSome = written.shown.rows.includes((await shownBy(node)).rows);
  const isWell = isTrue && isRefused && areSome;
  return {
    outcome: 'damage told',
    wrong: isWell ? undefined : `events are so: ${isTrue}, rows: ${areSome}, ${told.join()}`,
  };
}

async function isDamaged({ address }: FaultyNode): Promise<boolean> {
  const { store }: { store: string } = JSON.parse(await textOf(`${address}/health/ready`));
  return store === 'damaged';
}

/** What is not as before, or does not stay. */
async function harm(node: FaultyNode, shown: Shown, written: Written): Promise<string | undefined> {
  const parts = ['events', 'rows', 'situation', 'changes', 'centre'] as const;
  const other = parts.find((part) => !isDeepStrictEqual(shown[part], written.shown[part]));
  if (other !== undefined) return `other ${other}, and nobody is told`;
  const { again, fresh, turned } = written;
  const statuses = await statusesOf(node, [again, fresh, turned]);
  if (statuses.join(' ') !== '200 201 201') return `was answered ${statuses.join(' ')}`;
  await node.stop();
  await node.start();
  const kept = await statusesOf(node, [again, fresh, turned]);
  return kept.join(' ') === '200 200 200' ? undefined : `then was answered ${kept.join(' ')}`;
}

async function statusesOf(node: FaultyNode, orders: readonly Order[]): Promise<readonly number[]> {
  return (await answersOf(node, orders)).map((answer) => answer?.status ?? 0);
}

async function answersOf(node: FaultyNode, orders: readonly Order[]) {
  const answers: (Answered | undefined)[] = [];
  for (const order of orders) answers.push(await ask(node.address, order));
  return answers;
}
