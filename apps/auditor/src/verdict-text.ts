import { toBase64 } from '@ceasewatch/tlog/base64';
import type { EarlierCopy } from './earlier-copy.ts';
import { placeOf } from './flaw.ts';
import type { KeptHead } from './kept-head.ts';
import type { VerifiedLog } from './verify-log.ts';

/** What was held against what, for whoever has to say so to others. */
export interface Compared {
  readonly heads: readonly KeptHead[];
  readonly copy: EarlierCopy | undefined;
}

/** One line: the verdict. */
export function verdict(name: string, { identity, last, flaws }: VerifiedLog): string {
  const [first] = flaws.first;
  if (first !== undefined) {
    const more = flaws.count === 1 ? '' : `; ${flaws.count} flaws in all`;
    return `${name}: ${placeOf(first.seq)}: ${first.kind}: ${first.message}${more}`;
  }
  const sort = identity?.exercise === false ? 'the log' : 'the exercise';
  return `${name}: sound, ${last + 1} events of ${sort} ${identity?.logId}`;
}

/** The other flaws, of which there may be many. */
export function furtherFlaws({ flaws }: VerifiedLog): readonly string[] {
  const lines = flaws.first.slice(1).map((each) => {
    return `  ${placeOf(each.seq)}: ${each.kind}: ${each.message}`;
  });
  const more = flaws.count - flaws.first.length;
  if (more === 0) return lines;
  // The worst need not be among the first.
  const kinds = Object.entries(flaws.byKind).map(([kind, count]) => `${count} ${kind}`);
  return [...lines, `  and ${more} more; in all: ${kinds.join(', ')}`];
}

/** What was checked against what, and what that cannot say. */
export function grounds(
  { from, last, chain, disclosures, steppedBack }: VerifiedLog,
  { heads, copy }: Compared,
): readonly string[] {
  const { shown, withheld, erased } = disclosures;
  const read = from > 0 ? `; events 0 to ${from - 1} were read for their history only` : '';
  const kept = heads.map(({ seq }) => `event ${seq}`).join(', ');
  return [
    `  head ${last}:${toBase64(chain)}`,
    `  checked from event ${from}: bytes, chain, numbers, forms, the history's rules, disclosures ` +
      `(${shown} shown, ${withheld} withheld, ${erased} erased)${read}`,
    ...(steppedBack.events === 0
      ? []
      : [
          `  ${steppedBack.events} events were recorded up to ${steppedBack.mostMs} ms before an event of a ` +
            'lower number: nodes of a cluster have a clock each; one node alone does not do that',
        ]),
    ...(heads.length > 0 ? [`  held against kept heads: ${kept}`] : []),
    ...(copy === undefined ? [] : [`  held against an earlier copy: ${copy.compared} events`]),
    ...(heads.length > 0 || copy !== undefined
      ? []
      : [
          '  not checked: whether this is the log that was there before; one that was rewritten as a whole ' +
            'is consistent with itself. Keep the head, and give it with --expect next time',
        ]),
  ];
}
