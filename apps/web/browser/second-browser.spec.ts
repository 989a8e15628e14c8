import { beforeAll, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { submit } from './testing/api.ts';
import { eventually } from './testing/eventually.ts';
import { HINDSIGHT, SCREENS } from './testing/screens.ts';
import { describeInBrowser, exercise } from './testing/visitor.ts';

jest.setTimeout(240_000);

/** A link that is frozen at an event says the same to whoever opens it, whenever, on whatever screen. */
describeInBrowser('a link in a second browser', (visitor) => {
  let first: Page;
  let second: Page;
  beforeAll(async () => {
    first = await visitor().window(exercise(), { theme: 'dark' });
    second = await visitor().window(exercise(), { theme: 'light' });
  });

  const readyOf = (path: string) => SCREENS.find((each) => each.path === path)?.ready;

  test.each([
    ['the situation', '/en/situation', 'asof=2000&window=7d&kind=burst,shot'],
    ['the situation of both axes', '/en/situation', 'asof=2000&until=2026-10-01T18:00:00.000Z'],
    ['a list', '/en/observations', 'asof=2000&contingent=alfa'],
    ['the log', '/en/log', 'asof=2000'],
    ['the centre', '/en/centre', 'asof=2000'],
    ['a moment of the replay', '/en/replay', 'asof=2000&window=7d'],
  ])('shows %s as the first one did, while the log goes on', async (_, path, search) => {
    await expectSame(`${path}?${search}`, readyOf(path));
  });

  test('shows known then, known now', async () => {
    await expectSame('/en/hindsight?asof=2000&window=7d', HINDSIGHT.ready);
  });

  test('shows a difference', async () => {
    await expectSame('/en/replay?asof=2000&pin=1500&view=difference&window=all', (page) =>
      page.getByRole('region', { name: 'What differs' }).locator('li[data-id]').first().waitFor(),
    );
  });

  async function expectSame(path: string, ready?: (page: Page) => Promise<unknown>) {
    const shownIn = async (page: Page) => {
      await page.goto(`${exercise()}${path}`);
      await ready?.(page);
      return page.getByRole('main');
    };
    const shown = await shownIn(first);
    await submit(exercise());
    const again = await shownIn(second);
    const texts = () => Promise.all([shown, again].map((main) => main.innerText()));
    const [one = '', other] = await eventually(texts, ([a, b]) => a === b);
    expect(other).toBe(one);
    expect(one.length).toBeGreaterThan(200);
    expect(new URL(second.url()).search).toBe(new URL(first.url()).search);
  }
});
