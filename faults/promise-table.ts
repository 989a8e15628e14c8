import { join } from 'node:path';
import { projectRoot } from '../scripts/source-tree.ts';
import { writePart } from '../scripts/written-part.ts';
import type { FaultPromise } from './fault-promise.ts';
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

/** A line for each promise that was put to the test. */
export function shortPromises(
  promises: readonly FaultPromise[],
  { promises: tested }: FaultRecord,
): string {
  const lines = promises.flatMap(({ id, says, unit }) => {
    const { times = 0, broken = 0 } = tested[id] ?? {};
    return times === 0 ? [] : [`| ${says} | ${counted(times, unit)} | ${whole(broken)} |`];
  });
  return ['| promise | put to the test | broken |', '| --- | --- | --- |', ...lines].join('\n');
}

/** Markdown; a promise that was not put to the test says so. */
export function promiseTable(
  promises: readonly FaultPromise[],
  { begun, commit, machine, promises: tested }: FaultRecord,
): string {
  const lines = promises.map(({ id, says, unit }) => {
    const { times = 0, broken = 0, witness = {} } = tested[id] ?? {};
    const seen = Object.entries(witness).map(([name, count]) => `${name} ${whole(count)}`);
    const often = times === 0 ? 'not tested' : counted(times, unit);
    return [id, says, often, times === 0 ? '' : whole(broken), seen.join(', ')];
  });
  const head = ['', 'promise', 'put to the test', 'broken', 'seen'];
  const rows = [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`);
  const minute = begun.slice(0, 16).replace('T', ' ');
  return [`Commit \`${commit}\`, ${minute} UTC, ${machine}.`, rows.join('\n')].join('\n\n');
}

function counted(times: number, unit: string): string {
  return `${whole(times)} ${unit}${times === 1 ? '' : 's'}`;
}

function whole(value: number): string {
  return value.toLocaleString('en');
}
