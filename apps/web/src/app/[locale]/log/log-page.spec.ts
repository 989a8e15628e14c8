import { describe, expect, test } from '@jest/globals';
import type { Page } from '@ceasewatch/api/contract/answer';
import type { LogEntry } from '@ceasewatch/api/contract/log';
import type { LogFilter, Place } from './log-address.ts';
import { type AskEvents, joined, loadLogPage, PAGE_SIZE, placeAround } from './log-page.ts';

const LOOKS_AT = 100;

/** A log of `size` events, of which every `each`th is an observation, asked as the api answers, also as of then. */
function logOf(size: number, each = 1): { ask: AskEvents; asked: string[] } {
  const asked: string[] = [];
  const ask = async (search: URLSearchParams): Promise<Page<LogEntry>> => {
    asked.push(search.toString());
    const head = Number(search.get('asOf') ?? size - 1);
    if (head >= size) throw new RangeError(`event ${head} is not in this log`);
    const limit = Number(search.get('limit'));
    const passes = (seq: number) => search.get('noun') === null || seq % each === 0;
    const items: LogEntry[] = [];
    const after = search.get('after');
    if (after !== null) {
      let position = Number(after);
      for (
        let looked = 0;
        looked < LOOKS_AT && position < head && items.length < limit;
        looked += 1
      ) {
        position += 1;
        if (passes(position)) items.push(entry(position));
      }
      return position >= head ? { asOf: head, items } : { asOf: head, items, next: `${position}` };
    }
    let end = Math.min(Number(search.get('before') ?? size), head + 1);
    for (let looked = 0; looked < LOOKS_AT && end > 0 && items.length < limit; looked += 1) {
      end -= 1;
      if (passes(end)) items.push(entry(end));
    }
    return end === 0 ? { asOf: head, items } : { asOf: head, items, next: `${end}` };
  };
  return { ask, asked };
}

function entry(seq: number): LogEntry {
  const id = '019aa9c0-0000-7000-8000-000000000001';
  return {
    seq,
    envelope: {
      specversion: '1.0',
      id,
      source: `urn:ceasewatch:${id}`,
      type: 'observation.retracted.v1',
      subject: `observation/${id}`,
      revision: 0,
      time: '2026-11-22T10:00:07.000Z',
      role: 'system',
      authn: 'system',
      data: {},
    },
    disclosed: {},
    leafHash: '',
    chain: '',
  };
}

const NEWEST: Place = { at: 'newest' };
const load = (ask: AskEvents, place: Place, asOf: number | null = null, filter: LogFilter = {}) =>
  loadLogPage(ask, { place, filter, asOf });
const seqs = (page: { items: readonly LogEntry[] }) => page.items.map(({ seq }) => seq);

describe('a page of the log', () => {
  test('at the newest place begins with the head and has nothing newer', async () => {
    const page = await load(logOf(120).ask, NEWEST);
    expect(seqs(page)).toEqual(range(119, 70));
    expect(page).toMatchObject({
      newer: null,
      older: { at: 'before', seq: 70 },
      looked: { from: 70, to: 119 },
      head: 119,
    });
  });
  test('walking older from the newest to the oldest shows every event once', async () => {
    const { ask } = logOf(333);
    expect(await walk(ask, NEWEST, 'older')).toEqual(range(332, 0));
  });
  test('walking newer from the oldest reaches the newest and ends there', async () => {
    const { ask } = logOf(333);
    const seen = await walk(ask, { at: 'after', seq: -1 }, 'newer');
    expect([...new Set(seen)].toSorted((a, b) => a - b)).toEqual(range(0, 332));
    expect((await load(ask, { at: 'after', seq: 320 })).newer).toBeNull();
  });
  test('the oldest page has nothing older', async () => {
    const page = await load(logOf(120).ask, { at: 'after', seq: -1 });
    expect(seqs(page)).toEqual(range(49, 0));
    expect(page).toMatchObject({ older: null, newer: { at: 'after', seq: 49 } });
  });
  test('older after newer comes back to where it was', async () => {
    const { ask } = logOf(333);
    const first = await load(ask, { at: 'before', seq: 200 });
    const newer = await load(ask, first.newer ?? NEWEST);
    expect(seqs(newer)).toEqual(range(249, 200));
    expect(seqs(await load(ask, newer.older ?? NEWEST))).toEqual(seqs(first));
  });
  test('a last page that would not be full is the newest one', async () => {
    const page = await load(logOf(120).ask, { at: 'after', seq: 110 });
    expect(seqs(page)).toEqual(range(119, 70));
  });
  test('as of an event holds nothing after it, at any place', async () => {
    const { ask } = logOf(333);
    for (const place of [
      NEWEST,
      { at: 'after', seq: 90 },
      { at: 'before', seq: 300 },
      { at: 'after', seq: -1 },
    ] as const) {
      const page = await load(ask, place, 120);
      expect(Math.max(...seqs(page))).toBeLessThanOrEqual(120);
      expect(page.items).toHaveLength(PAGE_SIZE);
    }
    expect(await load(ask, { at: 'after', seq: 90 }, 120)).toMatchObject({ newer: null });
  });
  test('as of an event that the log does not have is refused, and not the present', async () => {
    for (const place of [NEWEST, { at: 'after', seq: 90 }, { at: 'before', seq: 300 }] as const)
      await expect(load(logOf(333).ask, place, 333)).rejects.toThrow('event 333');
  });
  test('of a rare filter asks again until it is full, and says where it stopped', async () => {
    const { ask, asked } = logOf(2000, 30);
    const page = await load(ask, NEWEST, null, { noun: 'observation' });
    expect(asked).toHaveLength(5);
    expect(page.unfinished).toBe(true);
    expect(page.looked).toEqual({ from: 1500, to: 1999 });
    expect(page.older).toEqual({ at: 'before', seq: 1500 });
    expect(seqs(page)).toEqual(range(1999, 1500).filter((seq) => seq % 30 === 0));
  });
  test('of an empty log is empty', async () => {
    const page = await load(async () => ({ asOf: -1, items: [] }), NEWEST);
    expect(page).toMatchObject({
      items: [],
      older: null,
      newer: null,
      looked: null,
      unfinished: false,
    });
  });
  test('around an event shows what came after it too', async () => {
    const page = await load(logOf(333).ask, placeAround(100));
    expect(seqs(page)).toEqual(range(110, 61));
  });
});

describe('fresh events', () => {
  test('are laid on top of the page', async () => {
    const page = await load(logOf(60).ask, NEWEST);
    const next = joined(page, { asOf: 61, items: [entry(60), entry(61)] }, 100);
    expect(seqs(next ?? page).slice(0, 3)).toEqual([61, 60, 59]);
    expect(next).toMatchObject({ head: 61, older: { at: 'before', seq: 10 } });
  });
  test('push the oldest off a page that is full, and Older starts there', async () => {
    const page = await load(logOf(60).ask, NEWEST);
    const next = joined(page, { asOf: 61, items: [entry(60), entry(61)] }, 51);
    expect(next?.items).toHaveLength(51);
    expect(next?.older).toEqual({ at: 'before', seq: 11 });
  });
  test('that are too many to join on make the page be asked anew', async () => {
    const page = await load(logOf(60).ask, NEWEST);
    expect(joined(page, { asOf: 900, items: [entry(60)], next: '60' }, 100)).toBeNull();
  });
});

async function walk(ask: AskEvents, from: Place, way: 'older' | 'newer'): Promise<number[]> {
  const seen: number[] = [];
  let place: Place | null = from;
  while (place !== null) {
    const page: Awaited<ReturnType<typeof load>> = await load(ask, place);
    seen.push(...seqs(page));
    place = page[way];
  }
  return seen;
}

function range(from: number, to: number): number[] {
  const step = from <= to ? 1 : -1;
  return Array.from({ length: Math.abs(to - from) + 1 }, (_, index) => from + index * step);
}
