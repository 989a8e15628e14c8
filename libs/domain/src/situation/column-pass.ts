import { NOTHING_COUNTED, plusSum } from '../measure/count-sum.ts';
import { MINUTE_MS, parseInstant } from '../measure/instant.ts';
import { DISPLAY_GROUPS, KINDS, MEANS } from '../observation/vocabulary.ts';
import { liesIn, NONE } from './observation-filter.ts';
import {
  CASUALTIES,
  CORRECTED,
  EXTERNAL,
  figuresOf,
  LATE,
  LOCATED,
  maskOf,
  packedGroup,
  packedKind,
  RETRACTED,
} from './packed-row.ts';
import {
  FIGURES,
  type ObservationFilter,
  type Situation,
  type SituationQuery,
} from './situation.ts';
import { DETAILED, type SituationColumns, sumOfCode, type Words } from './situation-columns.ts';
import {
  addItems,
  COUNTING_FIGURES,
  emptySituation,
  sectorIndex,
  type SituationFold,
  toSituation,
} from './situation-fold.ts';
import { addPacked } from './situation-sums.ts';

/**
 * Questions answered by one pass over the columns: the whole situation, how many pass a filter, and
 * when the earliest of them began. The same answers as folding rows, some hundred times faster.
 */

/** One more than the largest code of a count. */
const CODES = DETAILED;

/** Versions that free text found, by the event that began them. */
export type TextHits = ReadonlySet<number>;

/** The situation as of an event, for any window, zone and filter. */
export function situationOf(
  columns: SituationColumns,
  query: SituationQuery,
  sectors: readonly string[],
  asOf: number,
  hits?: TextHits,
): Situation {
  // The pass has its own filter over columns; rows never reach this fold.
  const fold = emptySituation(query, sectors, () => true);
  const { mask, value, more } = columnFilter(columns, query.filter, hits);
  const sectorOf = Uint32Array.from(columns.sectors.list, (sector) => sectorIndex(fold, sector));
  const { plan, sums } = fold;
  const { to, packed, minute, sector } = columns;
  const items = new ItemSums(columns);
  const end = columns.endOf(asOf);
  let standing = 0;
  for (let at = 0; at < end; at += 1) {
    if ((to[at] ?? 0) <= asOf) continue;
    const bits = packed[at] ?? 0;
    if ((bits & RETRACTED) === 0) standing += 1;
    const began = minute[at] ?? 0;
    // Most of a long log lies before every window, or before all but the figures' baselines.
    if (began < plan.earliest || began >= plan.at || (bits & mask) !== value) continue;
    if (began < plan.previousFrom && figuresOf(bits) === 0) continue;
    if (more !== undefined && !more(at)) continue;
    const figures = addPacked(sums, plan, began, bits, sectorOf[sector[at] ?? 0] ?? 0, 1);
    if (figures > 0) items.add(fold, figures, at);
  }
  sums.total = standing;
  items.addTo(fold);
  fold.seq = asOf;
  return toSituation(fold);
}

/** How many versions in force as of an event pass a filter, its `from` and `to` included. */
export function countOf(
  columns: SituationColumns,
  filter: ObservationFilter,
  asOf: number,
  hits?: TextHits,
): number {
  const { mask, value, more } = columnFilter(columns, filter, hits);
  const from = filter.from === undefined ? Number.NEGATIVE_INFINITY : parseInstant(filter.from).ms;
  const to = filter.to === undefined ? Number.POSITIVE_INFINITY : parseInstant(filter.to).ms;
  const end = columns.endOf(asOf);
  let count = 0;
  for (let at = 0; at < end; at += 1) {
    if ((columns.to[at] ?? 0) <= asOf || ((columns.packed[at] ?? 0) & mask) !== value) continue;
    if (more !== undefined && !more(at)) continue;
    const began = (columns.minute[at] ?? 0) * MINUTE_MS + (columns.beyond[at] ?? 0);
    if (began >= from && began < to) count += 1;
  }
  return count;
}

/** The minute in which the earliest observation in force began; undefined when there is none. */
export function earliestMinute(columns: SituationColumns, asOf: number): number | undefined {
  let earliest = Number.POSITIVE_INFINITY;
  const end = columns.endOf(asOf);
  for (let at = 0; at < end; at += 1) {
    if ((columns.to[at] ?? 0) <= asOf || (columns.packed[at] ?? 0) & RETRACTED) continue;
    earliest = Math.min(earliest, columns.minute[at] ?? 0);
  }
  return Number.isFinite(earliest) ? earliest : undefined;
}

/** Items by code, so that thousands of equal counts become one sum; what has details is added by itself. */
class ItemSums {
  private readonly columns: SituationColumns;
  private readonly reports = new Float64Array(FIGURES.length * CODES);
  private readonly values = new Float64Array(FIGURES.length * CODES);

  constructor(columns: SituationColumns) {
    this.columns = columns;
  }

  add(fold: SituationFold, figures: number, at: number): void {
    const code = this.columns.countCode[at] ?? 0;
    if (code === DETAILED) return addItems(fold, figures, this.columns.details.get(at) ?? {}, 1);
    for (let figure = 0; figures >> figure > 0; figure += 1) {
      if (((figures >> figure) & 1) === 0) continue;
      const cell = figure * CODES + code;
      this.reports[cell] = (this.reports[cell] ?? 0) + 1;
      this.values[cell] = (this.values[cell] ?? 0) + (this.columns.count[at] ?? 0);
    }
  }

  addTo(fold: SituationFold): void {
    for (const name of COUNTING_FIGURES) {
      for (let code = 1; code < CODES; code += 1) {
        const cell = FIGURES.indexOf(name) * CODES + code;
        const reports = this.reports[cell] ?? 0;
        if (reports === 0) continue;
        const sum = sumOfCode(code, reports, this.values[cell] ?? 0);
        fold.items.set(name, plusSum(fold.items.get(name) ?? NOTHING_COUNTED, sum));
      }
    }
  }
}

/** The filter as a mask over packed rows and, where that does not say it all, a test of an index. */
interface ColumnFilter {
  readonly mask: number;
  readonly value: number;
  readonly more: ((at: number) => boolean) | undefined;
}

function columnFilter(
  columns: SituationColumns,
  filter: ObservationFilter,
  hits?: TextHits,
): ColumnFilter {
  const flags = flagsOf(filter);
  const kinds = listed(filter.kind) ? maskOf(filter.kind, KINDS) : -1;
  const groups = listed(filter.group) ? maskOf(filter.group, DISPLAY_GROUPS) : -1;
  const anyMeans = listed(filter.means) ? maskOf(filter.means, MEANS) : -1;
  const sectors = tableOf(columns.sectors, filter.sector);
  const units = tableOf(columns.units, filter.unit);
  const contingents = tableOf(columns.contingents, filter.contingent);
  const { bbox } = filter;
  if (bbox !== undefined && filter.located === false) return { ...flags, more: () => false };
  const found = filter.q === undefined ? undefined : (hits ?? new Set<number>());
  const tables = [sectors, units, contingents, bbox, found];
  const words = kinds & groups & anyMeans;
  if (words === -1 && tables.every((table) => table === undefined))
    return { ...flags, more: undefined };
  const { packed, means, sector, unit, contingent, lat, lon, from } = columns;
  const more = (at: number): boolean => {
    const bits = packed[at] ?? 0;
    if (((kinds >> packedKind(bits)) & (groups >> packedGroup(bits)) & 1) === 0) return false;
    if ((anyMeans & (means[at] ?? 0)) === 0) return false;
    if (sectors !== undefined && sectors[sector[at] ?? 0] !== 1) return false;
    if (units !== undefined && units[unit[at] ?? 0] !== 1) return false;
    if (contingents !== undefined && contingents[contingent[at] ?? 0] !== 1) return false;
    if (bbox !== undefined && !liesIn(bbox, lat[at] ?? 0, lon[at] ?? 0)) return false;
    return found === undefined || found.has(from[at] ?? 0);
  };
  return { ...flags, more };
}

function flagsOf(filter: ObservationFilter): { readonly mask: number; readonly value: number } {
  const wanted: readonly [bit: number, holds: boolean | undefined][] = [
    [RETRACTED, filter.retracted === true],
    [LATE, filter.late],
    [CORRECTED, filter.corrected],
    [CASUALTIES, filter.casualties],
    [EXTERNAL, filter.origin === undefined ? undefined : filter.origin === 'external'],
    [LOCATED, filter.bbox === undefined ? filter.located : true],
  ];
  const asked = wanted.filter(([, holds]) => holds !== undefined);
  return {
    mask: asked.reduce((mask, [bit]) => mask | bit, 0),
    value: asked.reduce((value, [bit, holds]) => (holds === true ? value | bit : value), 0),
  };
}

/** One entry a word of the column: 1 where the filter wants it. */
function tableOf(words: Words, wanted: readonly string[] | undefined): Uint8Array | undefined {
  if (!listed(wanted)) return undefined;
  return Uint8Array.from(words.list, (word) => (wanted.includes(word ?? NONE) ? 1 : 0));
}

function listed<Word>(words: readonly Word[] | undefined): words is readonly Word[] {
  return words !== undefined && words.length > 0;
}
