import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import process, { stdout } from 'node:process';
import { countingFlag } from '../scripts/counting-flag.ts';
import { saidFlags } from '../scripts/said-flags.ts';
import { projectRoot } from '../scripts/source-tree.ts';
import { type FaultPromise, seen } from './fault-promise.ts';
import { writePromises } from './promise-table.ts';
import { KeptRecord } from './record.ts';

/** Puts promises to the test. A promise is a file of `faults/promises`. */
const USAGE = `npm run test:faults -- [PROMISE…] [flags]
  puts the named promises, by default all, to the test, and prints how often each was tested and how
  often it was broken; what these very sources have passed already is not tried again
  --times N      each so often
  --full         to the numbers of a release, which take a night and may be stopped and gone on with
  --record FILE  where what was tested is kept
  --write        writes the table of docs/figures.md
npm run test:faults -- --soak [--minutes 120] [--json FILE] [--write]
`;
const RECORD = join(projectRoot, 'node_modules/.cache/ceasewatch/faults.json');

const { positionals, values } = saidFlags(USAGE, {
  full: { type: 'boolean', default: false },
  times: { type: 'string' },
  write: { type: 'boolean', default: false },
  record: { type: 'string', default: RECORD },
});

const times = countingFlag('times', values.times);
const kept = new KeptRecord(values.record);
const promises = await loadPromises();
for (const promise of named(positionals, promises)) {
  const why = promise.whyNot?.();
  if (why === undefined) await putToTheTest(promise);
  else stdout.write(`${promise.id} is NOT TESTED here: ${why}\n`);
}
if (values.write) await writePromises(promises, kept.record);

async function putToTheTest(promise: FaultPromise): Promise<void> {
  const { id, usual, full, piece, unit } = promise;
  const wanted = times ?? (values.full ? full : usual);
  for (let done = kept.of(promise).times; done < wanted; done = kept.of(promise).times) {
    const began = performance.now();
    const tested = await promise.test(Math.min(piece, wanted - done), `${id}/${done}`);
    kept.add(promise, tested);
    const seconds = ((performance.now() - began) / 1_000).toFixed(0);
    stdout.write(`${id} ${done + tested.times} of ${wanted} ${unit}s, ${seconds} s\n`);
    if (tested.broken > 0) break;
  }
  const { times: tested, broken, first } = kept.of(promise);
  const witness = seen(kept.of(promise));
  stdout.write(`${id} ${promise.says}: ${tested.toLocaleString()} ${unit}s, broken ${broken}`);
  stdout.write(`${witness.length === 0 ? '' : ` (${witness.join(', ')})`}\n`);
  if (broken === 0) return;
  stdout.write(`  first: ${first ?? 'not told'}\n`);
  process.exitCode = 1;
}

async function loadPromises(): Promise<readonly FaultPromise[]> {
  const folder = join(import.meta.dirname, 'promises');
  const files = await readdir(folder);
  const found = await Promise.all(
    files.map(async (file) => {
      const { promise }: { readonly promise: FaultPromise } = await import(join(folder, file));
      return promise;
    }),
  );
  return found.toSorted((one, other) => one.id.localeCompare(other.id, 'en', { numeric: true }));
}

function named(names: readonly string[], all: readonly FaultPromise[]): readonly FaultPromise[] {
  const known = all.map(({ id }) => id);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Error(`no promise ${unknown}; there are: ${known.join(', ')}`);
  return names.length === 0 ? all : all.filter(({ id }) => names.includes(id));
}
