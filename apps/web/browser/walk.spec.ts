import { beforeAll, expect, jest, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { askList } from './testing/api.ts';
import { ALL, COLOURS, dressed, objections, type Theme } from './testing/axe.ts';
import { eventually } from './testing/eventually.ts';
import { HINDSIGHT, type Screen, SCREENS } from './testing/screens.ts';
import { describeInBrowser, exercise } from './testing/visitor.ts';

jest.setTimeout(240_000);

/** Every page, by its link and by its address, in both themes, on a desk and in a hand. */
const DESK = { width: 1440, height: 900 };
const HAND = { width: 390, height: 844 };
/** A guard against hanging, not a measure: machines are busy. */
const REDRAWN_MS = 20_000;
const THEMES: readonly Theme[] = ['dark', 'light'];
const NAMES = [...SCREENS.map(({ title }) => title), 'Observation', HINDSIGHT.title];

/** Each on the lightest screen that has it. */
const DIALOGS: readonly (readonly [string, string, (page: Page) => Locator])[] = [
  ['a figure', 'situation', (page) => page.locator('button[data-figure=fireItems]')],
  ['the connection', 'observations', (page) => buttonOf(page, /^Connection:/)],
  ['the settings', 'observations', (page) => buttonOf(page, /^Settings and help/)],
  ['the kinds', 'observations', (page) => buttonOf(page, /^Kinds/)],
  ['as of', 'observations', (page) => buttonOf(page, /^As of/)],
];

describeInBrowser('every page', (visitor) => {
  let page: Page;
  let observation: Screen;

  beforeAll(async () => {
    const { items } = await askList(exercise(), 'limit=1&corrected=true');
    const [row] = items;
    if (row === undefined) throw new Error('the exercise has no corrected report');
    observation = {
      path: `/en/observation?id=${row.id}`,
      tab: '',
      title: 'Observation',
      ready: (on) => on.getByRole('heading', { level: 1 }).waitFor(),
    };
    page = await visitor().open(`${exercise()}/en/centre`);
  });

  test.each(NAMES)(
    '%s is reached by its link, is the same by its address, and fits everybody and every screen',
    async (name) => {
      const screen = [...SCREENS, HINDSIGHT].find(({ title }) => title === name) ?? observation;
      if (screen === observation) await followNumber(page);
      else if (screen === HINDSIGHT) await followReplay(page);
      else await followTab(page, screen);
      await screen.ready(page);
      await titled(page, name);
      const answer = await page.goto(`${exercise()}${screen.path}`);
      expect(answer?.status()).toBe(200);
      await screen.ready(page);
      await titled(page, name);
      expect(await objectionsInAllLooks(page)).toEqual({});
    },
  );

  test.each(DIALOGS)('shows %s without an objection, and Esc closes it', async (_, on, button) => {
    if (!page.url().endsWith(`/en/${on}`)) await page.goto(`${exercise()}/en/${on}`);
    // A page that hears of its node is one that hears a hand as well.
    await page.getByRole('button', { name: /^Connection:\s*Live/ }).waitFor();
    await button(page).click();
    expect(await objectionsToDialog(page)).toEqual({});
  });

  test('shows its help without an objection, and Esc closes it', async () => {
    await page.keyboard.press('?');
    expect(await objectionsToDialog(page)).toEqual({});
  });

  test('of them all none broke the policy, erred, failed or left the origin', () => {
    expect(visitor().faults).toEqual([]);
  });

  test('that does not exist says so, with status 404', async () => {
    const lost = await visitor().open(`${exercise()}/en/no-such-page`, { webgl: false });
    const answer = await lost.reload();
    expect(answer?.status()).toBe(404);
    await lost.getByRole('heading', { name: 'There is no such page' }).waitFor();
    expect(await objections(lost)).toEqual([]);
    await lost.getByRole('link', { name: 'Go to the situation' }).click();
    await lost.locator('button[data-figure=fireItems]').waitFor();
  });
});

async function followTab(page: Page, { tab, path }: Screen): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('link', { name: tab, exact: true })
    .click();
  await page.waitForURL(`**${path}`);
}

/** The screen that no tab leads to: a row of the feed does. */
async function followNumber(page: Page): Promise<void> {
  await page.goto(`${exercise()}/en/situation`);
  await page
    .getByRole('link', { name: /^no\. \d+$/ })
    .first()
    .click();
  await page.waitForURL('**/en/observation?id=**');
}

/** The replay's other view of a moment, which no tab leads to either. */
async function followReplay(page: Page): Promise<void> {
  await page.goto(`${exercise()}/en/replay`);
  await page.getByRole('link', { name: HINDSIGHT.title, exact: true }).click();
  await page.waitForURL(`**${HINDSIGHT.path}`);
}

/** The browser's title and the bar say where one is, and that it is an exercise. */
async function titled(page: Page, title: string): Promise<void> {
  await eventually(
    () => page.title(),
    (text) => text.includes(title) && text.includes('Ceasewatch') && text.includes('EXERCISE'),
  );
  await page.getByRole('banner').getByText('EXERCISE', { exact: true }).waitFor();
}

/** Both themes, both sizes; at the small one also that nothing is wider than the screen. */
async function objectionsInAllLooks(page: Page): Promise<object> {
  const found: Record<string, readonly string[]> = {};
  for (const size of [HAND, DESK]) {
    await page.setViewportSize(size);
    for (const theme of THEMES) {
      await dressed(page, theme);
      const rules = theme === 'dark' ? ALL : COLOURS;
      found[`${theme} at ${size.width}`] = await objections(page, { rules });
    }
    found[`wider than ${size.width}`] = await sticksOutStill(page, size.width);
  }
  return onlyFilled(found);
}

async function objectionsToDialog(page: Page): Promise<object> {
  const found: Record<string, readonly string[]> = {};
  const dialog = page.locator('[role=dialog]');
  await dialog.waitFor();
  for (const theme of THEMES) {
    await dressed(page, theme);
    const rules = theme === 'dark' ? ALL : COLOURS;
    found[theme] = await objections(page, { within: '[role=dialog]', rules });
  }
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  return onlyFilled(found);
}

function buttonOf(page: Page, name: RegExp): Locator {
  return page.getByRole('button', { name }).first();
}

/** What is drawn for a size is drawn anew for another, in its own time. */
async function sticksOutStill(page: Page, width: number): Promise<readonly string[]> {
  const patience = performance.now() + REDRAWN_MS;
  for (;;) {
    const out = await sticksOut(page, width);
    if (out.length === 0 || performance.now() > patience) return out;
    await page.waitForTimeout(100);
  }
}

/** What makes the page wider than the screen; a table that scrolls by itself does not. */
async function sticksOut(page: Page, width: number): Promise<readonly string[]> {
  return page.evaluate((most) => {
    const wide = document.documentElement.scrollWidth;
    if (wide <= most) return [];
    const out = [...document.querySelectorAll('body *')].filter(
      (element) => element.getBoundingClientRect().right > most,
    );
    const names = out.map((element) => `${element.tagName} ${element.textContent.slice(0, 40)}`);
    return [`${wide} px`, ...names.slice(-5)];
  }, width);
}

function onlyFilled(found: Readonly<Record<string, readonly string[]>>): object {
  return Object.fromEntries(Object.entries(found).filter(([, lines]) => lines.length > 0));
}
