import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { submit } from './testing/api.ts';
import { eventually } from './testing/eventually.ts';
import { OwnNode } from './testing/own-node.ts';
import { feedOf, feedRows, settled } from './testing/situation.ts';
import { describeInBrowser } from './testing/visitor.ts';

jest.setTimeout(240_000);

/** A tile and the panel below it, which must be where they are before there is anything in them. */
const PLACES = ['Fire items, 24 h', 'Reports by kind', 'By sector'];

describeInBrowser('a screen that waits', (visitor) => {
  // An exercise that tells nothing by itself yet: what is serious moves a screen, and may.
  const node = new OwnNode(['--seed', 'waiting', '--start', halfAnHourAgo()]);

  beforeAll(async () => {
    await node.start();
    await submit(node.address);
  });
  afterAll(() => node.end());

  test('has the names and places of what comes before its scripts are there', async () => {
    const page = await visitor().window(node.address, { webgl: false });
    const held = await holding(page, '**/*.js');
    await page.goto(`${node.address}/en/situation`, { waitUntil: 'commit' });
    await page.getByText('Loading').waitFor();
    for (const name of PLACES) await page.getByText(name).first().waitFor();
    expect(await page.getByRole('link', { name: 'Observations' }).isVisible()).toBe(true);
    held.letGo();
    await settled(page);
    await visitor().close(page);
  });

  test.each([1440, 390])(
    'moves no tile when its answers come to a window %d wide',
    async (width) => {
      const page = await visitor().window(node.address, { width, webgl: false });
      const held = await holding(page, '**/api/**');
      await page.goto(`${node.address}/en/situation`);
      const tile = page.getByText('Fire items, 24 h').first();
      await page.getByRole('button', { name: /^Connection:\s*Connecting/ }).waitFor();
      // Either what stands for the screen or the screen itself, and at times the one is just going.
      const before = await eventually(
        () => tile.boundingBox(),
        (box) => box !== null,
      );
      expect(await feedRows(page).count()).toBe(0);
      held.letGo();
      await settled(page);
      // A pixel is the rounding of a line's height; a line is what must not come.
      expect((await tile.boundingBox())?.y).toBeCloseTo(before?.y ?? Number.NaN, -1);
      await visitor().close(page);
    },
  );

  test.each(['/en/report', `/en/observation?id=${'0'.repeat(8)}-0000-7000-8000-${'0'.repeat(12)}`])(
    'says at %s what is loading, and is no empty page',
    async (path) => {
      const page = await visitor().window(node.address, { webgl: false });
      const held = await holding(page, '**/api/**');
      await page.goto(`${node.address}${path}`);
      const waiting = page.getByRole('main').getByRole('status', { name: /is loading$/ });
      await waiting.waitFor();
      expect((await waiting.boundingBox())?.height).toBeGreaterThan(300);
      held.drop();
      await visitor().close(page);
    },
  );
});

function halfAnHourAgo(): string {
  return new Date(Date.now() - 30 * 60_000).toISOString();
}

/** The page's own clock is put forward: what comes with the minutes is seen without waiting for them. */
describeInBrowser('a connection that is lost', (visitor) => {
  const node = new OwnNode();
  let page: Page;

  beforeAll(async () => {
    await node.start();
    await submit(node.address);
    page = await visitor().window(node.address, { webgl: false });
    await page.clock.install();
    await page.goto(`${node.address}/en/situation?window=all`);
    await settled(page);
  });
  afterAll(() => node.end());

  test('is told in one bar, however many panels cannot be asked', async () => {
    await node.kill();
    const bar = page.getByText(/^The connection is lost\. What you see is/);
    await bar.waitFor();
    // The next minute's question is asked in vain meanwhile.
    const asked = page.waitForRequest(/\/api\/situation/);
    await page.clock.fastForward('01:10');
    await asked;
    await eventually(
      () => bar.innerText(),
      (text) => text.includes('min'),
    );
    expect(await bar.count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Try now' }).count()).toBe(1);
    expect(await page.getByRole('alert').filter({ hasText: /\S/ }).count()).toBe(1);
    expect(await feedRows(page).count()).toBe(1);
  });

  test('is over when the node is back, and the bar with it', async () => {
    // While its clock stands still the page does not try by itself.
    await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000);
    await node.start();
    await page.getByRole('button', { name: 'Try now' }).click();
    await page.getByText(/^The connection is lost/).waitFor({ state: 'detached' });
    await page.clock.resume();
    await page.getByRole('button', { name: /^Connection:\s*Live/ }).waitFor();
  });

  test('a feed of every 30 seconds keeps what came until they are over', async () => {
    await page.getByRole('button', { name: 'Settings and help' }).click();
    await page.getByLabel('The feed shows new reports').selectOption({ label: 'every 30 seconds' });
    await page.keyboard.press('Escape');
    await page.mouse.move(5, 5);
    // The first after a pause is shown at once; the next one is due 30 seconds later.
    await page.clock.fastForward('00:31');
    const first = await submit(node.address);
    await page.locator(`li[data-id="${first.id}"]`).waitFor();
    const shownAt = await page.evaluate(() => Date.now());
    const second = page.locator(`li[data-id="${(await submit(node.address)).id}"]`);
    await feedOf(page).getByText('1 waiting').waitFor();
    await page.clock.fastForward('00:31');
    await second.waitFor();
    expect((await page.evaluate(() => Date.now())) - shownAt).toBeGreaterThan(20_000);
  });
});

/** Keeps every request that fits from being answered, until it is let go. */
async function holding(page: Page, address: string) {
  const waiting: (() => Promise<void>)[] = [];
  let isHeld = true;
  await page.route(address, (route) => {
    if (!isHeld) return route.continue();
    waiting.push(() => route.continue());
    return undefined;
  });
  return {
    letGo: () => {
      isHeld = false;
      void Promise.all(waiting.map((go) => go()));
    },
    drop: () => waiting.splice(0),
  };
}
