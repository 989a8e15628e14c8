import type { Page } from '@ceasewatch/api/contract/answer';
import type { LogEntry } from '@ceasewatch/api/contract/log';
import { LOG_FILTER_KEYS, type LogFilter, type Place } from './log-address.ts';

/**
 * One page of the log, newest first, and where it goes on in both directions. The api looks at a
 * bounded stretch of the log per request, so a rare filter takes several; after some of them the page
 * says how far it looked instead of going on without being asked.
 */
export interface LogPage {
  readonly items: readonly LogEntry[];
  readonly older: Place | null;
  readonly newer: Place | null;
  /** Numbers between which every event was looked at; null when there was none to look at. */
  readonly looked: { readonly from: number; readonly to: number } | null;
  /** Stopped before the page was full and before the log ended. */
  readonly unfinished: boolean;
  /** Last event of the log when it was asked, or as of the moment that was asked for. */
  readonly head: number;
}

export type AskEvents = (search: URLSearchParams) => Promise<Page<LogEntry>>;

export interface LogQuestion {
  readonly place: Place;
  readonly filter: LogFilter;
  /** Nothing after this event may be known; null is now. */
  readonly asOf: number | null;
}

export const PAGE_SIZE = 50;
const MOST_REQUESTS = 5;

export async function loadLogPage(ask: AskEvents, question: LogQuestion): Promise<LogPage> {
  const { place, asOf } = question;
  if (place.at === 'after') return loadAfter(ask, question, place.seq);
  const bound = asOf === null ? Infinity : asOf + 1;
  return loadBefore(ask, question, place.at === 'newest' ? null : Math.min(place.seq, bound));
}

/** @param before null starts at the head */
async function loadBefore(
  ask: AskEvents,
  question: LogQuestion,
  before: number | null,
): Promise<LogPage> {
  const { place } = question;
  const { items, next, head } = await gather(ask, question, 'before', before);
  const to = before === null ? head : Math.min(before - 1, head);
  return {
    items,
    older: next === null || next <= 0 ? null : { at: 'before', seq: next },
    newer: place.at === 'newest' || to >= head ? null : { at: 'after', seq: to },
    looked: to < 0 ? null : { from: next ?? 0, to },
    unfinished: items.length < PAGE_SIZE && next !== null,
    head,
  };
}

async function loadAfter(ask: AskEvents, question: LogQuestion, after: number): Promise<LogPage> {
  const gathered = await gather(ask, question, 'after', after);
  const { next, head } = gathered;
  const items = gathered.items.toReversed();
  const reachedEnd = next === null;
  // The last page is always a full one: it is the newest.
  if (reachedEnd && items.length < PAGE_SIZE)
    return loadLogPage(ask, { ...question, place: { at: 'newest' } });
  const to = next ?? head;
  return {
    items,
    older: after < 0 ? null : { at: 'before', seq: after + 1 },
    newer: reachedEnd ? null : { at: 'after', seq: to },
    looked: { from: after + 1, to },
    unfinished: items.length < PAGE_SIZE && !reachedEnd,
    head,
  };
}

interface Gathered {
  readonly items: readonly LogEntry[];
  readonly next: number | null;
  readonly head: number;
}

async function gather(
  ask: AskEvents,
  { filter, asOf }: Pick<LogQuestion, 'filter' | 'asOf'>,
  way: 'before' | 'after',
  from: number | null,
): Promise<Gathered> {
  const items: LogEntry[] = [];
  let next: number | null = from;
  let head = -1;
  for (let request = 0; request < MOST_REQUESTS; request += 1) {
    const page = await ask(searchOf({ filter, asOf }, way, next, PAGE_SIZE - items.length));
    items.push(...page.items);
    head = page.asOf;
    next = page.next === undefined ? null : Number(page.next);
    if (next === null || items.length >= PAGE_SIZE) break;
  }
  return { items, next, head };
}

function searchOf(
  { filter, asOf }: Pick<LogQuestion, 'filter' | 'asOf'>,
  way: 'before' | 'after',
  from: number | null,
  limit: number,
): URLSearchParams {
  const search = new URLSearchParams({ limit: limit.toString() });
  if (from !== null) search.set(way, from.toString());
  for (const key of LOG_FILTER_KEYS) {
    const value = filter[key];
    if (value !== undefined) search.set(key, value);
  }
  // The node is asked as of that moment: one that its log has not reached it refuses.
  if (asOf !== null) search.set('asOf', asOf.toString());
  return search;
}

/** What a page asks the node first, for whoever asks it without this screen. */
export function searchOfQuestion({ place, ...question }: LogQuestion): URLSearchParams {
  return place.at === 'newest'
    ? searchOf(question, 'before', null, PAGE_SIZE)
    : searchOf(question, place.at, place.seq, PAGE_SIZE);
}

/** Room above an event that is gone to, so that it stands among what came around it. */
const ABOVE = 10;

export function placeAround(seq: number): Place {
  return { at: 'before', seq: seq + 1 + ABOVE };
}

/** The newest events laid on a page that was read before; null when there are too many to join on. */
export function joined(page: LogPage, fresh: Page<LogEntry>, most: number): LogPage | null {
  if (fresh.next !== undefined) return null;
  const items = [...fresh.items.toReversed(), ...page.items].slice(0, most);
  const cut = items.length === most ? items.at(-1)?.seq : undefined;
  const older: Place | null = cut === undefined ? page.older : { at: 'before', seq: cut };
  const from = cut ?? page.looked?.from ?? 0;
  return { ...page, items, older, head: fresh.asOf, looked: { from, to: fresh.asOf } };
}
