import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { randomOf } from '@ceasewatch/domain/testing/random';
import { PROJECTIONS } from '../../apps/api/src/projections.ts';
import {
  fileOf,
  openForReading,
  positionIn,
} from '../../apps/api/src/read-model/read-model-file.ts';
import { builtRows, differenceOf, logIn } from '../rows/built-rows.ts';
import { writeHistory, type Writing } from '../rows/history.ts';
import { Tally } from '../tally.ts';
import type { Dying, MortalNode } from './in-process.ts';
import { Ledger } from './ledger.ts';
import { Orders } from './orders.ts';

const DOINGS = ['one order', 'many at once', 'a start', 'a rebuild'] as const;
type Doing = (typeof DOINGS)[number];

const AT_ONCE = 8;
/** For what is still done after an answer. */
const AFTERMATH_MS = 15;
/** A large log takes long to compare, and whatever is wrong with its rows stays wrong. */
const COMPARED_EVERY = 8;

/**
 * One life after another, each of which ends before a statement of what it is about: before the first,
 * the second and so on, and once all of them have been tried before one that is drawn. What was answered
 * until then has to be there in the next life, and what was not may be told again.
 *
 * @param from how many lives were lived before, by others
 */
export async function anyInstant(
  node: MortalNode,
  {
    times,
    seed,
    from = 0,
  }: { readonly times: number; readonly seed: string; readonly from?: number },
): Promise<Tally> {
  const [tally, random, ledger] = [new Tally(), randomOf(seed), new Ledger()];
  const writing = { ledger, random, orders: new Orders(seed, node.now) };
  const longest = new Map<Doing, number>();
  await node.start();
  for (let n = from; n < from + times; n += 1) {
    const doing = DOINGS[n % DOINGS.length] ?? 'one order';
    const inTurn = 1 + Math.floor(n / DOINGS.length);
    const most = longest.get(doing) ?? inTurn;
    const dying = await live(node, doing, inTurn <= most ? inTurn : random.whole(1, most), writing);
    tally.saw(dying.isDead ? `amid ${doing}` : `after ${doing}`);
    if (!dying.isDead) longest.set(doing, dying.statements);
    await node.kill();
    tally.add(n % COMPARED_EVERY === 0 ? differenceOfRows(node.folder) : undefined);
    await node.start();
    for (const order of ledger.doubtful()) await ledger.send(node.address, order);
  }
  await ledger.judge(node.address, tally);
  return tally;
}

async function live(
  node: MortalNode,
  doing: Doing,
  statement: number,
  writing: Writing,
): Promise<Dying> {
  if (doing === 'one order' || doing === 'many at once') {
    const dying = node.killBefore(statement);
    const unheard = () => dying.isDead;
    await writeHistory(node, writing, doing === 'one order' ? 1 : AT_ONCE, { unheard });
    if (!dying.isDead) await pause(AFTERMATH_MS);
    return dying;
  }
  await node.stop();
  if (doing === 'a rebuild') node.forgetRows();
  const dying = node.killBefore(statement);
  await node.start();
  return dying;
}

/** Of the rows that a death left with those that the log makes of itself. */
function differenceOfRows(folder: string): string | undefined {
  const file = fileOf(folder, PROJECTIONS);
  if (!existsSync(file)) return undefined;
  const { log, events } = logIn(folder);
  const rows = openForReading(file);
  try {
    const position = positionIn(rows, log);
    // Dead before there were tables.
    if (position === undefined) return undefined;
    const built = builtRows({ log, events: events.slice(0, position + 1) }, events.length, 'bulk');
    const difference = differenceOf(rows, built);
    built.close();
    return difference;
  } finally {
    rows.close();
  }
}
