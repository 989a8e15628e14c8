import type {
  EncodedVersions,
  StandingAnswer,
  StandingFireItem,
} from '@ceasewatch/api/contract/standing';
import type { SituationAnswer } from '@ceasewatch/api/contract/situation';
import { formatInstant, MINUTE_MS } from '@ceasewatch/domain/measure/instant';
import { isFireItem } from '@ceasewatch/domain/observation/vocabulary';
import { MovingSituation } from '@ceasewatch/domain/situation/moving-situation';
import { compileFilter, type RowPredicate } from '@ceasewatch/domain/situation/observation-filter';
import type { Change, ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { type ReportingUnit, silentUnits } from '@ceasewatch/domain/situation/silent-units';
import type { ObservationFilter } from '@ceasewatch/domain/situation/situation';
import { millis } from '../../../format/instants.ts';
import { type AnsweredRows, type Changed, drawnRows, withLast } from '../situation/map-rows.ts';
import { decodeVersions } from './standing.ts';

/**
 * The dashboard of a moment, carried on through the log by its changes alone, as the live one is: the
 * figures, the list of what was recorded last, the rows of the map. Pure: it asks nobody, and where the
 * changes cannot tell what comes it says so.
 */
interface PlayedFrom {
  readonly standing: Omit<StandingAnswer, 'versions'>;
  readonly versions: EncodedVersions;
  /** What was recorded last and passes the filter, newest first. */
  readonly recorded: { readonly rows: readonly ObservationRow[]; readonly hasOlder: boolean };
  readonly map: AnsweredRows;
  readonly filter: ObservationFilter;
}

export interface PlayedState {
  readonly seq: number;
  readonly answer: SituationAnswer;
  readonly recorded: readonly ObservationRow[];
  readonly map: () => AnsweredRows;
}

/** Rows of the list that are kept; a page of it has 40. */
const MOST_ROWS = 400;
const PAGE = 40;
/** Fire items that are kept, to know which was the last when later ones are retracted. */
const MOST_FIRE_ITEMS = 400;

export class PlayedLog {
  readonly #from: PlayedFrom;
  readonly #passes: RowPredicate;
  readonly #figures: MovingSituation;
  readonly #units: Map<string, ReportingUnit>;
  /** Reports that break a silence only once the minute in which they came is over. */
  #reports: { readonly reached: number; readonly unit: string; readonly time: string }[] = [];
  /** In the order of their beginning; of what began before the floor not all are known. */
  #fireItems: readonly StandingFireItem[];
  #floor: string;
  #reached: number;
  #rows: ObservationRow[];
  #hasOlder: boolean;
  #changed: Changed = new Map();

  /** @throws RangeError when the filter has a free text */
  constructor(from: PlayedFrom) {
    const { standing, versions, recorded, filter } = from;
    this.#from = from;
    this.#passes = compileFilter(filter);
    this.#figures = new MovingSituation(standing.situation, decodeVersions(versions));
    this.#fireItems = standing.fireItems;
    const [first] = standing.fireItems;
    this.#floor = first !== undefined && first.at < standing.situation.query.at ? first.at : '';
    const reached = standing.reached === null ? 0 : millis(standing.reached);
    this.#reached = reached;
    this.#units = new Map(standing.units.map((unit) => [unit.unit, unit]));
    this.#reports = standing.units.flatMap(({ unit, lastReport, newestReport }) =>
      newestReport === null || newestReport === lastReport
        ? []
        : [{ reached, unit, time: newestReport }],
    );
    this.#rows = [...recorded.rows];
    this.#hasOlder = recorded.hasOlder;
  }

  get seq(): number {
    return this.#figures.seq;
  }

  /** @returns whether the changes tell what comes; if not, this log has ended before them */
  apply(changes: readonly Change[]): boolean {
    for (const change of changes) {
      // Sectors, units and zones are the server's to read.
      if (isOfTheFrame(change) || !this.#figures.carries(change)) return false;
      this.#figures.apply(change);
      this.#reached = Math.max(this.#reached, millis(change.time));
      this.#list(change);
      if (!this.#noteFireItem(change)) return false;
      const { after } = change;
      if (after === null) continue;
      const { unit, versionRecordedAt: time } = after;
      this.#reports.push({ reached: this.#reached, unit, time });
    }
    this.#changed = withLast(this.#changed, changes, this.#from.map, this.#passes, null);
    return true;
  }

  /** Undefined where only the server can tell. */
  state(): PlayedState | undefined {
    const minute = Math.floor(this.#reached / MINUTE_MS) * MINUTE_MS;
    const situation = this.#figures.endingAt(formatInstant(minute));
    const { at } = situation.query;
    const since = situation.window.from;
    const recorded = this.#rows.filter(({ when }) => when.from >= since).slice(0, PAGE);
    if (recorded.length < PAGE && this.#hasOlder) return undefined;
    const last = this.#fireItems.findLast((item) => item.at < at);
    if (last === undefined && this.#floor !== '') return undefined;
    this.#hear(minute);
    const [changed, passes, { map }] = [this.#changed, this.#passes, this.#from];
    return {
      seq: this.seq,
      answer: {
        situation,
        lastFireItem: last === undefined ? null : toldOf(last),
        silentUnits: silentUnits([...this.#units.values()], at),
      },
      recorded,
      map: () => drawnRows(map, changed, passes, since),
    };
  }

  #list({ before, after }: Change): void {
    const id = (after ?? before)?.id;
    if (before !== null && this.#passes(before))
      this.#rows = this.#rows.filter((row) => row.id !== id);
    if (after === null || !this.#passes(after)) return;
    this.#rows.unshift(after);
    if (this.#rows.length <= MOST_ROWS) return;
    this.#rows = this.#rows.slice(0, MOST_ROWS / 2);
    this.#hasOlder = true;
  }

  /** @returns false when the last of all was taken back and what came before it is not known */
  #noteFireItem({ before, after }: Change): boolean {
    if (before !== null && isFireItem(before.kind)) {
      this.#fireItems = this.#fireItems.filter(({ id }) => id !== before.id);
      if (this.#fireItems.length === 0 && this.#floor !== '') return false;
    }
    if (after === null || after.status !== 'recorded' || !isFireItem(after.kind)) return true;
    const { id, number, fromSeq } = after;
    const item = { id, number, fromSeq, at: after.when.from };
    if (item.at < this.#floor) return true;
    const place = this.#fireItems.findLastIndex(({ at }) => at <= item.at) + 1;
    this.#fireItems = this.#fireItems.toSpliced(place, 0, item);
    if (this.#fireItems.length <= MOST_FIRE_ITEMS) return true;
    this.#fireItems = this.#fireItems.slice(-MOST_FIRE_ITEMS / 2);
    this.#floor = this.#fireItems[0]?.at ?? this.#floor;
    return true;
  }

  #hear(minute: number): void {
    const heard = this.#reports.findIndex(({ reached }) => reached > minute);
    const due = this.#reports.splice(0, heard < 0 ? this.#reports.length : heard);
    for (const { unit, time } of due) {
      const known = this.#units.get(unit);
      if (known !== undefined) this.#units.set(unit, { ...known, lastReport: time });
    }
  }
}

/** What figures are counted in: sectors, units, the zone. Where a unit stands and who serves is not. */
function isOfTheFrame({ subject, type }: Change): boolean {
  return subject.startsWith('centre/') && !/^(unit\.moved|officer\.)/.test(type);
}

function toldOf({ id, number, at }: StandingFireItem): SituationAnswer['lastFireItem'] {
  return { id, number, at };
}
