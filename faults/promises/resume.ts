import { isDeepStrictEqual } from 'node:util';
import type { LiveFrame, LiveJoined } from '@ceasewatch/api/contract/live';
import { type Random, randomOf, seededId } from '@ceasewatch/domain/testing/random';
import { LiveClient } from '../../apps/api/test/testing/live-client.ts';
import { allChanges, LiveFollower } from '../../apps/api/test/testing/live-follower.ts';
import { until } from '../../apps/api/test/testing/until.ts';
import type { FaultPromise } from '../fault-promise.ts';
import type { FaultyNode } from '../model/faulty-node.ts';
import { Ledger } from '../model/ledger.ts';
import { Orders } from '../model/orders.ts';
import { withRunningNode } from '../model/real-process.ts';
import { Tally } from '../tally.ts';

/** More than are streamed to who missed them, so that some have to pull first. */
const REPORTS = 700;
const AT_A_TIME = 16;
/** So often somebody comes with a position that nobody can have, */
const STRANGE_EVERY = 4;
/** and so often something is recorded just while somebody comes back. */
const REPORT_EVERY = 3;

export const promise: FaultPromise = {
  id: 'R8',
  says: 'whoever comes back with any position gets exactly what was missed, also after a kill, or is told to begin anew',
  unit: 'resume',
  usual: 400,
  full: 20_000,
  piece: 400,
  short: 'faults.spec.ts',
  test(times, seed) {
    return withRunningNode(
      async (node) => (await resumes(node, { times, seed, reports: REPORTS })).tested,
    );
  },
};

/** On a node that runs; half of them before a kill, half after it. */
export async function resumes(
  node: FaultyNode,
  {
    times,
    seed,
    reports,
  }: { readonly times: number; readonly seed: string; readonly reports: number },
): Promise<Tally> {
  const [random, tally, ledger] = [randomOf(seed), new Tally(), new Ledger()];
  const orders = new Orders(seed, node.now);
  const all = new Everything();
  for (let sent = 0; sent < reports; sent += AT_A_TIME) {
    const some = Array.from({ length: Math.min(AT_A_TIME, reports - sent) }, () => orders.report());
    await Promise.all(some.map((order) => ledger.send(node.address, order)));
  }
  for (let n = 0; n < times; n += 1) {
    if (n === times >> 1) {
      await node.kill();
      await node.start();
    }
    const head = await all.catchUp(node.address);
    if (n % STRANGE_EVERY === 0) {
      tally.add(await strange(node.address, strangeJoin(random, head, all.log, seed), tally));
      continue;
    }
    const meanwhile =
      n % REPORT_EVERY === 0 ? ledger.send(node.address, orders.report()) : undefined;
    tally.add(await exact(node.address, { from: positionOf(random, head), all, meanwhile }, tally));
  }
  await ledger.judge(node.address, tally);
  return tally;
}

/** Every change of the log so far, and the log's id. */
class Everything {
  readonly changes: LiveFrame['changes'][number][] = [];
  log = '';

  /** @returns the last event */
  async catchUp(address: string): Promise<number> {
    if (this.log === '') {
      const client = await LiveClient.open(address);
      this.log = (await client.join(-1))?.log ?? '';
      await client.close();
    }
    this.changes.push(...(await allChanges(address, this.changes.length - 1)));
    return this.changes.length - 1;
  }
}

/** The ends, the edges of what is streamed, and anything between. */
function positionOf(random: Random, head: number): number {
  const edges = [-1, 0, head, head - 1, head - 500, head - 501].filter((each) => each >= -1);
  const any = random.whole(-1, head);
  return random.chance(0.3) ? random.pick([any, ...edges]) : any;
}

async function exact(
  address: string,
  {
    from,
    all,
    meanwhile,
  }: {
    readonly from: number;
    readonly all: Everything;
    readonly meanwhile: Promise<unknown> | undefined;
  },
  tally: Tally,
): Promise<string | undefined> {
  const follower = new LiveFollower(from);
  // A dashboard of this page knows its log; one that stood at a snapshot may not.
  if (from % 2 === 0) follower.log = all.log;
  await follower.connect(address);
  await meanwhile;
  const head = await all.catchUp(address);
  await until(() => follower.position >= head);
  await follower.leave();
  const { applied, gaps, reloads } = follower;
  tally.saw('changes missed and told', applied.length);
  if (gaps + reloads > 0) return `from ${from} of ${head}: ${gaps} gaps, ${reloads} new beginnings`;
  return isDeepStrictEqual(applied, all.changes.slice(from + 1))
    ? undefined
    : `from ${from} of ${head}: was told ${applied.length} changes, and not those`;
}

interface Strange {
  readonly join: Readonly<Record<string, unknown>>;
  /** `reload`: told to begin anew. `cut`: the connection ends without an answer. */
  readonly due: 'reload' | 'cut';
}

function strangeJoin(random: Random, head: number, log: string, seed: string): Strange {
  const after = random.whole(-1, head);
  const beyond = random.pick([head + 1, head + 2, head + 1_000_000, Number.MAX_SAFE_INTEGER]);
  const none = random.pick<unknown>([-2, -1e9, after + 0.5, 1e300, `${after}`, null, [after], '']);
  const torn = log.slice(0, random.whole(1, log.length - 1));
  const joins: readonly [Strange, ...Strange[]] = [
    { join: { after: beyond }, due: 'reload' },
    { join: { after: beyond, log }, due: 'reload' },
    { join: { after, log: seededId(0, `${seed}/${after}`) }, due: 'reload' },
    { join: { after, log: torn }, due: 'reload' },
    { join: { after: none, log }, due: 'cut' },
    { join: { log }, due: 'cut' },
    { join: { after, log: random.pick<unknown>([7, null, [log]]) }, due: 'cut' },
  ];
  return random.pick(joins);
}

async function strange(
  address: string,
  { join, due }: Strange,
  tally: Tally,
): Promise<string | undefined> {
  const client = await LiveClient.open(address);
  let answer: LiveJoined | undefined;
  try {
    answer = await client.ask({ feed: 'shared', ...join });
  } finally {
    await client.close();
  }
  const told = answer?.answer ?? 'cut';
  tally.saw(due === 'reload' ? 'told to begin anew' : 'cut off');
  if (client.frames.length > 0) return `was told something for ${JSON.stringify(join)}`;
  return told === due ? undefined : `${JSON.stringify(join)} was answered ${told}, not ${due}`;
}
