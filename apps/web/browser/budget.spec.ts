import { beforeAll, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { SCREENS } from './testing/screens.ts';
import { describeInBrowser, exercise } from './testing/visitor.ts';

jest.setTimeout(240_000);

/** What the first visit costs over the wire. The map comes later, when there is a place for it. */
const SCRIPTS_KB = 320;
const STYLES_KB = 36;
const MOST_SHIFT = 0.1;

interface Weighed {
  readonly name: string;
  readonly bytes: number;
}

describeInBrowser('the first visit', (visitor) => {
  let page: Page;

  beforeAll(async () => {
    page = await visitor().window(exercise());
    await page.addInitScript(() => {
      const shifts: { value: number; sources: string[] }[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          if ('value' in entry && 'hadRecentInput' in entry && entry.hadRecentInput === false) {
            shifts.push({ value: Number(entry.value), sources: [] });
          }
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(`${exercise()}/en/situation`);
    await SCREENS[0]?.ready(page);
  });

  test(`fetches at most ${SCRIPTS_KB} KB of scripts beside the map`, async () => {
    const scripts = await weighed(page, ['script', 'link', 'other'], /\.m?js$/);
    const map = await mapFiles(page);
    const own = scripts.filter(({ name }) => !map.includes(name));
    expect(own.length).toBeGreaterThan(0);
    expect(kilobytes(own)).toBeLessThanOrEqual(SCRIPTS_KB);
  });

  test(`fetches at most ${STYLES_KB} KB of styles`, async () => {
    const styles = await weighed(page, ['link', 'css', 'other'], /\.css$/);
    expect(styles.length).toBeGreaterThan(0);
    expect(kilobytes(styles)).toBeLessThanOrEqual(STYLES_KB);
  });

  test.each(SCREENS.map(({ path, ready }) => [path, ready] as const))(
    'of %s shifts nothing under the eye',
    async (path, ready) => {
      await page.goto(`${exercise()}${path}`);
      await ready(page);
      const shift = await page.evaluate(() => {
        const { shifts } = window as Window & {
          readonly shifts?: readonly { readonly value: number }[];
        };
        return (shifts ?? []).reduce((sum, { value }) => sum + value, 0);
      });
      expect(shift).toBeLessThanOrEqual(MOST_SHIFT);
    },
  );
});

/** What was transferred, compressed as it came; a file asked for twice counts once. */
async function weighed(
  page: Page,
  kinds: readonly string[],
  name: RegExp,
): Promise<readonly Weighed[]> {
  const files = await page.evaluate(() =>
    performance.getEntriesByType('resource').flatMap((entry) =>
      entry instanceof PerformanceResourceTiming
        ? [
            {
              name: new URL(entry.name).pathname,
              kind: entry.initiatorType,
              bytes: entry.encodedBodySize,
            },
          ]
        : [],
    ),
  );
  const fitting = files.filter((file) => kinds.includes(file.kind) && name.test(file.name));
  return [...new Map(fitting.map((file) => [file.name, file])).values()];
}

/** MapLibre and its worker: scripts that say so themselves. */
async function mapFiles(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const names = performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => /\.m?js$/.test(new URL(name).pathname));
    const texts = await Promise.all(names.map(async (name) => (await fetch(name)).text()));
    return names.flatMap((name, at) =>
      /maplibregl|maplibre-gl/i.test(texts[at] ?? '') && (texts[at] ?? '').length > 200_000
        ? [new URL(name).pathname]
        : [],
    );
  });
}

function kilobytes(files: readonly Weighed[]): number {
  return Math.round(files.reduce((sum, { bytes }) => sum + bytes, 0) / 1024);
}
