import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Random, randomOf } from '@ceasewatch/domain/testing/random';
import { Disk } from './disk.ts';
import { whatIsWrong } from './promised-log.ts';
import { type Call, type Promised, tracedAppends } from './trace.ts';

/**
 * What was acknowledged is there after the power failed. A run is recorded once, call by call; then the
 * power is cut at places of it drawn from the seed, and what the disk may hold at that moment is opened
 * and compared with what had been promised by then.
 */
export interface PowerCuts {
  readonly cuts: number;
  /** Cuts after which the log could not be opened. */
  readonly unreadable: number;
  /** Cuts after which something that was promised was gone or was another. */
  readonly broken: number;
  readonly first?: string;
  readonly checkpoints: number;
  /** Events that were acknowledged, and those of them of which something was not synced yet. */
  readonly promises: number;
  readonly early: number;
}

export interface PowerCutOptions {
  readonly cuts: number;
  readonly seed: string;
  readonly events: number;
  /** As if no commit were synced, which must break the promise: the proof that a loss would be seen. */
  readonly withoutSyncs?: boolean;
}

export async function powerCuts({
  cuts,
  seed,
  events,
  withoutSyncs = false,
}: PowerCutOptions): Promise<PowerCuts> {
  const folder = mkdtempSync(join(tmpdir(), 'ceasewatch-power-'));
  try {
    const traced = tracedAppends(folder, events);
    const calls = withoutSyncs ? traced.filter((call) => !isCommitSync(call)) : traced;
    const places = drawnPlaces(calls, cuts, randomOf(`places/${seed}`));
    return await cutAt(calls, places, { folder, random: randomOf(`disk/${seed}`) });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const MAIN = 'log.sqlite';
const WAL = `${MAIN}-wal`;

/** The sync of a write-ahead log, by which alone a commit becomes durable. */
function isCommitSync(call: Call): boolean {
  return call.kind === 'sync' && call.file === WAL;
}

/** After the first promise: before it nobody was told anything. In order. */
function drawnPlaces(calls: readonly Call[], cuts: number, random: Random): readonly number[] {
  const first = calls.findIndex(({ kind }) => kind === 'promise');
  if (first === -1) throw new Error('nothing was promised');
  const drawn = Array.from({ length: cuts }, () => random.whole(first + 1, calls.length));
  return drawn.toSorted((one, other) => one - other);
}

async function cutAt(
  calls: readonly Call[],
  places: readonly number[],
  { folder, random }: { readonly folder: string; readonly random: Random },
): Promise<PowerCuts> {
  const disk = new Disk();
  const promised: Promised[] = [];
  const found = { unreadable: 0, broken: 0 };
  let [next, early] = [0, 0];
  let first: string | undefined;
  const runUntil = (place: number) => {
    for (; next < place; next += 1) {
      const call = calls[next];
      if (call === undefined) return;
      if (call.kind !== 'promise') disk.apply(call);
      else if (promised.push(call.promised) > 0 && disk.hasUnsynced(WAL)) early += 1;
    }
  };
  for (const [cut, place] of places.entries()) {
    runUntil(place);
    const left = join(folder, `cut-${cut}`);
    disk.writeAfterCut(left, random);
    const wrong = await whatIsWrong(left, promised);
    rmSync(left, { recursive: true });
    if (wrong === undefined) continue;
    found[wrong.kind] += 1;
    first ??= `cut ${cut}, before call ${place}: ${wrong.why}`;
  }
  runUntil(calls.length);
  return {
    cuts: places.length,
    ...found,
    ...(first === undefined ? {} : { first }),
    checkpoints: checkpointsIn(calls),
    promises: promised.length,
    early,
  };
}

/** The main file is written by checkpoints alone; each ends with its sync. */
function checkpointsIn(calls: readonly Call[]): number {
  const ofMain = calls.filter((call) => call.kind !== 'promise' && call.file === MAIN);
  return ofMain.filter(({ kind }, at) => kind === 'sync' && ofMain[at - 1]?.kind !== 'sync').length;
}
