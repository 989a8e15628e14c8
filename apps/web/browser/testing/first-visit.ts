import type { Page, Request } from 'playwright-core';

/**
 * What a visit costs: the bytes that came, each file as it was sent and once, and what the browser itself
 * says about paint, jumps and long tasks. Whoever measures begins before the page is asked for.
 */
export interface Cost {
  /** Bytes as they came over the wire, gzip; the map's chunk and its worker apart. */
  readonly scripts: number;
  readonly styles: number;
  readonly fonts: number;
  readonly map: number;
  /** Milliseconds after the visit began. */
  readonly largestPaintMs: number;
  /** Sum of all jumps of the layout that nobody asked for. */
  readonly shift: number;
  /** Milliseconds of tasks beyond the first 50 of each. */
  readonly blockedMs: number;
}

/** What `watch` keeps in the page. */
declare const ceasewatchVisit: Seen;

interface Seen {
  largestPaintMs: number;
  shift: number;
  blockedMs: number;
}

type Entry = ReturnType<typeof performance.getEntries>[number];

/** A task that is longer keeps an input waiting. */
const LONG_MS = 50;
/** MapLibre says so itself, and no other file is as large. */
const MAP = /maplibregl|maplibre-gl/i;
const MAP_BYTES = 200_000;

/** Begins to measure; the answer is of the page that stands there when it is asked. */
export async function watchedVisit(page: Page): Promise<() => Promise<Cost>> {
  const asked: Request[] = [];
  page.on('requestfinished', (request) => asked.push(request));
  // On loopback this browser would take brotli, which no plain HTTP from elsewhere gets.
  await page.setExtraHTTPHeaders({ 'Accept-Encoding': 'gzip' });
  await page.addInitScript(watch, LONG_MS);
  return async () => {
    const { largestPaintMs, shift, blockedMs } = await page.evaluate(seen);
    const files = await Promise.all(asked.map(weigh));
    const once = [...new Map(files.map((file) => [file.url, file])).values()];
    const bytes = (kind: string) =>
      once.reduce((sum, file) => (file.kind === kind ? sum + file.bytes : sum), 0);
    return {
      scripts: bytes('script'),
      styles: bytes('stylesheet'),
      fonts: bytes('font'),
      map: bytes('map'),
      largestPaintMs,
      shift,
      blockedMs,
    };
  };
}

async function weigh(request: Request) {
  const { responseBodySize } = await request.sizes();
  const kind = (await isMap(request)) ? 'map' : request.resourceType();
  return { url: request.url(), kind, bytes: responseBodySize };
}

async function isMap(request: Request): Promise<boolean> {
  if (request.resourceType() !== 'script') return false;
  const text = (await (await request.response())?.text()) ?? '';
  return text.length > MAP_BYTES && MAP.test(text);
}

/** Of a page that is watched, wherever it has gone since: what has jumped on it. */
export async function shiftOf(page: Page): Promise<number> {
  return (await page.evaluate(seen)).shift;
}

/** In the page, as what follows. */
function seen(): Seen {
  return ceasewatchVisit;
}

function watch(longMs: number): void {
  const visit: Seen = { largestPaintMs: 0, shift: 0, blockedMs: 0 };
  Object.assign(globalThis, { ceasewatchVisit: visit });
  const each = (type: string, take: (entry: Entry) => void) => {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(take));
    observer.observe({ type, buffered: true } as Parameters<typeof observer.observe>[0]);
  };
  each('largest-contentful-paint', ({ startTime }) => {
    visit.largestPaintMs = startTime;
  });
  each('longtask', ({ duration }) => {
    visit.blockedMs += duration - longMs;
  });
  each('layout-shift', (entry) => {
    if ('hadRecentInput' in entry && entry.hadRecentInput === false && 'value' in entry)
      visit.shift += Number(entry.value);
  });
}
