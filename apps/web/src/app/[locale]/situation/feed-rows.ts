import type { ObservationPage } from '@ceasewatch/api/contract/observation';
import type { RowPredicate } from '@ceasewatch/domain/situation/observation-filter';
import type { Change, ObservationRow } from '@ceasewatch/domain/situation/observation-row';

/**
 * The live half of the feed, without React: what has arrived and waits to be shown, and what has been
 * shown. Both stay small however long a page is open or paused; where that would lose a row they say
 * so, and the feed is asked anew.
 */
export const FEED_CAP = 500;
const WAITING_CAP = 2 * FEED_CAP;
const TOUCHED_CAP = 4 * FEED_CAP;

/**
 * The first page of a window out of one that was asked before anybody knew where the window begins;
 * undefined where what is left of it may not be all that belongs there.
 *
 * @param since beginning of the window
 */
export function pageWithin(first: ObservationPage, since: string): ObservationPage | undefined {
  const items = first.items.filter(({ when }) => when.from >= since);
  const isWhole = first.next === undefined || items.length === first.items.length;
  return isWhole ? { ...first, items } : undefined;
}

/** Whether a row belongs to the feed: its filter, and the window's beginning, null when it has none. */
export interface FeedScope {
  readonly passes: RowPredicate;
  readonly since: string | null;
}

/** What became of one observation while the feed stood still: before it all, and after. */
type Became = Pick<Change, 'before' | 'after'>;

export interface Waiting {
  /** By observation, the newest change last. */
  readonly became: ReadonlyMap<string, Became>;
  /** Some of what arrived is no longer here. */
  readonly more: boolean;
}

export const NONE_WAITING: Waiting = { became: new Map(), more: false };

/** What never passes the filter, before or after, concerns no row of this feed and does not wait. */
export function withArrived(
  waiting: Waiting,
  changes: readonly Change[],
  passes: RowPredicate,
): Waiting {
  const became = new Map(waiting.became);
  for (const { before, after } of changes) {
    const id = (after ?? before)?.id;
    if (id === undefined) continue;
    const earlier = became.get(id);
    if (earlier === undefined && ![before, after].some((row) => row !== null && passes(row)))
      continue;
    became.delete(id);
    became.set(id, { before: earlier === undefined ? before : earlier.before, after });
  }
  const over = became.size - WAITING_CAP;
  if (over <= 0) return { became, more: waiting.more };
  for (const id of [...became.keys()].slice(0, over)) became.delete(id);
  return { became, more: true };
}

export function newsIn({ became }: Waiting, scope: FeedScope): number {
  return [...became.values()].filter((each) => isNews(each, scope)).length;
}

export interface LiveRows {
  /** Newest first. */
  readonly rows: readonly ObservationRow[];
  /** Ids whose row of an answered page no longer counts. */
  readonly touched: ReadonlySet<string>;
  /** Ids of what has just come, where it is little enough to catch an eye. */
  readonly fresh: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();
export const NO_LIVE_ROWS: LiveRows = { rows: [], touched: NONE, fresh: NONE };
/** Where everything glows nothing stands out, and the page is drawn anew sixty times a second. */
const MOST_FRESH = 3;

/** Shows what waited; undefined when so much has changed that the feed must be asked anew. */
export function withWaiting(
  live: LiveRows,
  waiting: Waiting,
  scope: FeedScope,
): LiveRows | undefined {
  if (waiting.more) return undefined;
  const news = [...waiting.became.values()]
    .filter((each) => isNews(each, scope))
    .flatMap(({ after }) => after ?? [])
    .reverse();
  const fresh = news.length > MOST_FRESH ? NONE : new Set(news.map(({ id }) => id));
  const rows = [...news, ...live.rows.filter(({ id }) => !waiting.became.has(id))];
  // So many live rows leave no room for those of a page, whatever became of them.
  if (rows.length >= FEED_CAP) {
    const shown = rows.slice(0, FEED_CAP);
    return { rows: shown, touched: new Set(shown.map(({ id }) => id)), fresh };
  }
  const touched = new Set([...live.touched, ...waiting.became.keys()]);
  return touched.size > TOUCHED_CAP ? undefined : { rows, touched, fresh };
}

/** What passes the filter; and a retraction of what passed it, which is news as well. */
function isNews(change: Became, scope: FeedScope): boolean {
  const { after } = change;
  if (after === null || (scope.since !== null && after.when.from < scope.since)) return false;
  return scope.passes(after) || (after.status === 'retracted' && passed(change, scope));
}

function passed({ before }: Pick<Change, 'before'>, { passes }: FeedScope): boolean {
  return before !== null && passes(before);
}
