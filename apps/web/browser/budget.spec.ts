import { beforeAll, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type Cost, shiftOf, watchedVisit } from './testing/first-visit.ts';
import { SCREENS } from './testing/screens.ts';
import { describeInBrowser, exercise } from './testing/visitor.ts';

jest.setTimeout(240_000);

/**
 * What the first visit costs over the wire, and the bench of it in short: bytes are the same on every
 * machine, times are not. The map comes later, when there is a place for it.
 */
const SCRIPTS_KB = 320;
const STYLES_KB = 36;
const MOST_SHIFT = 0.1;

describeInBrowser('the first visit', (visitor) => {
  let page: Page;
  let first: Cost;

  beforeAll(async () => {
    page = await visitor().window(exercise());
    const cost = await watchedVisit(page);
    await page.goto(`${exercise()}/en/situation`);
    await SCREENS[0]?.ready(page);
    first = await cost();
  });

  test(`fetches at most ${SCRIPTS_KB} KB of scripts beside the map`, () => {
    expect(first.scripts).toBeGreaterThan(0);
    expect(first.map).toBeGreaterThan(0);
    expect(first.scripts / 1_024).toBeLessThanOrEqual(SCRIPTS_KB);
  });

  test(`fetches at most ${STYLES_KB} KB of styles`, () => {
    expect(first.styles).toBeGreaterThan(0);
    expect(first.styles / 1_024).toBeLessThanOrEqual(STYLES_KB);
  });

  test('is told when it painted and for how long nobody was answered', () => {
    expect(first.largestPaintMs).toBeGreaterThan(0);
    expect(first.blockedMs).toBeGreaterThan(0);
  });

  test.each(SCREENS.map(({ path, ready }) => [path, ready] as const))(
    'of %s shifts nothing under the eye',
    async (path, ready) => {
      await page.goto(`${exercise()}${path}`);
      await ready(page);
      expect(await shiftOf(page)).toBeLessThanOrEqual(MOST_SHIFT);
    },
  );
});
