import { join } from 'node:path';
import { projectRoot } from '../scripts/source-tree.ts';
import { writePart } from '../scripts/written-part.ts';
import { type FaultPromise, seen } from './fault-promise.ts';
import type { FaultRecord } from './record.ts';

/** The table of docs/figures.md and the short one of the README, written from a record and by nobody's hand. */
export async function writePromises(
  promises: readonly FaultPromise[],
  record: FaultRecord,
): Promise<void> {
  const [document, readme] = [join(projectRoot, 'docs/figures.md'), join(projectRoot, 'README.md')];
  await writePart(document, 'faults', promiseTable(promises, record));
  await writePart(readme, 'faults', shortPromises(promises, record));
}

/** A line for each promise; one that was not put to the test says so. */
export function shortPromises(
  promises: readonly FaultPromise[],
  { promises: tested }: FaultRecord,
): string {
  const lines = promises.map((promise) => {
    const { times = 0, broken = 0 } = tested[promise.id] ?? {};
    return `| ${promise.says} | ${counted(times, promise)} | ${times === 0 ? '' : whole(broken)} |`;
  });
  return ['| promise | put to the test | broken |', '| --- | --- | --- |', ...lines].join('\n');
}

/** Markdown; a promise that was not put to the test says so, and each says on which sources it was. */
export function promiseTable(
  promises: readonly FaultPromise[],
  { promises: tested }: FaultRecord,
): string {
  const lines = promises.map((promise) => {
    const { id, says } = promise;
    const found = tested[id];
    if (found === undefined) return [id, says, 'not tested', '', '', ''];
    const { times, broken, commit, begun } = found;
    const sources = `\`${commit}\`, ${begun.slice(0, 10)}`;
    return [id, says, counted(times, promise), whole(broken), seen(found).join(', '), sources];
  });
  const head = ['', 'promise', 'put to the test', 'broken', 'seen', 'commit'];
  const rows = [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`);
  const machines = new Set(Object.values(tested).map(({ machine }) => machine));
  return [...[...machines].map((machine) => `${machine}.`), rows.join('\n')].join('\n\n');
}

/** With the number of a release, to which a usual run is small: `60 of 5,000 kills`. */
function counted(times: number, { unit, full }: FaultPromise): string {
  if (times === 0) return 'not tested';
  const all = times < full ? `${whole(times)} of ${whole(full)}` : whole(times);
  return `${all} ${unit}${Math.max(times, full) === 1 ? '' : 's'}`;
}

function whole(value: number): string {
  return value.toLocaleString('en');
}
