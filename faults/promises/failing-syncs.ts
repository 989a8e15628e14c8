import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomOf } from '@ceasewatch/domain/testing/random';
import type { FaultPromise } from '../fault-promise.ts';
import { whatIsWrong } from '../power-cut/promised-log.ts';
import { appendsWithFailingSyncs, dataIn, whyNoTrace } from '../power-cut/trace.ts';
import { Tally } from '../tally.ts';

const EVENTS = 60;
/** So many syncs there are in a run, opening included; each fails in turn, some with those after it. */
const SYNCS = 40;

export const promise: FaultPromise = {
  id: 'R13',
  says: 'what was acknowledged is there when syncs fail, and writing goes on by itself afterwards',
  unit: 'failing sync',
  usual: 60,
  full: 400,
  piece: 20,
  short: 'apps/api/src/event-log/sqlite-event-log.faults.spec.ts',
  whyNot: whyNoTrace,
  async test(times, seed) {
    const random = randomOf(seed);
    const before = Number(seed.split('/').at(-1));
    const tally = new Tally();
    for (let n = 0; n < times; n += 1) {
      const first = 1 + ((before + n) % SYNCS);
      tally.add(await broken({ first, count: random.pick([1, 1, 2, 5]) }, tally));
    }
    return tally.tested;
  },
};

async function broken(
  failing: { readonly first: number; readonly count: number },
  tally: Tally,
): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'ceasewatch-syncs-'));
  try {
    const { promised, failed, isBegun } = appendsWithFailingSyncs(folder, EVENTS, failing);
    tally.saw('acknowledged', promised.length);
    tally.saw('syncs failed', failed);
    const at = `sync ${failing.first} to ${failing.first + failing.count - 1}: `;
    if (!isBegun) {
      tally.saw('refused to begin');
      return promised.length === 0 ? undefined : `${at}ended amid its work`;
    }
    if (promised.length < EVENTS) return `${at}only ${promised.length} events were written`;
    const wrong = await whatIsWrong(dataIn(folder), promised);
    return wrong && `${at}${wrong.why}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
