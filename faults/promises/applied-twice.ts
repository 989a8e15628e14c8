import { randomOf } from '@ceasewatch/domain/testing/random';
import { PROJECTIONS } from '../../apps/api/src/projections.ts';
import { BatchApplier } from '../../apps/api/src/read-model/batch-applier.ts';
import type { FaultPromise } from '../fault-promise.ts';
import type { FaultyNode } from '../model/faulty-node.ts';
import { Ledger } from '../model/ledger.ts';
import { Orders } from '../model/orders.ts';
import { withRunningNode } from '../model/real-process.ts';
import { builtRows, differenceOf, emptyRows, logIn, type ReadLog } from '../rows/built-rows.ts';
import { writeHistory } from '../rows/history.ts';
import { Tally } from '../tally.ts';

/** Enough for the longest overlap. */
const HISTORY = 1_200;
const LONGEST = 1_000;
/** New events that come at once. */
const MOST_NEW = 40;

export const promise: FaultPromise = {
  id: 'R10',
  says: 'events that come a second time, up to 1,000 of them, also after a restart, change no row',
  unit: 'overlap',
  usual: 300,
  full: 4_000,
  piece: 300,
  short: 'faults.spec.ts',
  test(times, seed) {
    return withRunningNode(
      async (node) => (await appliedTwice(node, { times, seed, history: HISTORY })).tested,
    );
  },
};

/** On a node that runs, and is stopped. */
export async function appliedTwice(
  node: FaultyNode,
  {
    times,
    seed,
    history,
  }: {
    readonly times: number;
    readonly seed: string;
    readonly history: number;
  },
): Promise<Tally> {
  const [random, tally] = [randomOf(seed), new Tally()];
  const [ledger, orders] = [new Ledger(), new Orders(seed, node.now)];
  await writeHistory(node, { ledger, orders, random }, history);
  await node.stop();
  const read = logIn(node.folder);
  const once = builtRows(read, LONGEST, 'bulk');
  while (tally.times < times) {
    const rows = twice(read, times - tally.times, (most) => random.whole(1, most), tally);
    if (rows.isWhole) {
      const difference = differenceOf(rows.db, once);
      if (difference !== undefined) tally.add(`at the end of the log: ${difference}`);
      tally.saw('whole logs');
    }
    rows.db.close();
  }
  once.close();
  return tally;
}

/** The whole log by steps, each of which begins with what was applied already; or so many steps of it. */
function twice(
  read: ReadLog,
  steps: number,
  upTo: (most: number) => number,
  tally: Tally,
): { readonly db: ReturnType<typeof emptyRows>; readonly isWhole: boolean } {
  const db = emptyRows(read, 'live');
  const written = () => Number(db.prepare('SELECT total_changes() AS n').get()?.['n']);
  let applier = new BatchApplier(db, PROJECTIONS, 'live', -1);
  for (let step = 0; step < steps; step += 1) {
    const next = applier.position + 1;
    if (next >= read.events.length) return { db, isWhole: true };
    // What a reducer remembers is gone with its process; the position stands in the rows.
    if (step % 5 === 4) applier = new BatchApplier(db, PROJECTIONS, 'live', applier.position);
    const fresh = upTo(MOST_NEW);
    const seen = read.events.slice(Math.max(0, next - upTo(LONGEST)), next);
    const told = applier.apply([...seen, ...read.events.slice(next, next + fresh)]);
    tally.saw('events that came again', seen.length);
    const before = written();
    const nothing = applier.apply(read.events.slice(Math.max(0, next - LONGEST), next + fresh));
    const isNothing = nothing.length === 0 && written() === before;
    const isNew = told.every(({ seq }, at) => seq === next + at);
    tally.add(isNothing && isNew ? undefined : `event ${next} or one after it was applied twice`);
  }
  return { db, isWhole: false };
}
