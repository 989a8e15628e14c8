import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { askList, askSituation, submit } from './testing/api.ts';
import { eventually } from './testing/eventually.ts';
import { inOneBreath } from './testing/in-one-breath.ts';
import { OwnNode } from './testing/own-node.ts';
import { countedOf, feedOf, feedRows, pillOf, settled } from './testing/situation.ts';
import { describeInBrowser, exercise } from './testing/visitor.ts';

jest.setTimeout(240_000);

const FIGURES = ['fireItems', 'heavyWeapons', 'casualties', 'lateReports', 'correctedReports'];

describeInBrowser('what a screen is asked for', (visitor) => {
  let page: Page;
  /** An event to look back from: what was known then stays as it is. */
  let then: number;

  beforeAll(async () => {
    then = (await askSituation(exercise(), 'window=all')).situation.seq;
    // What is asked and counted here needs no map that moves; the others have one.
    page = await visitor().open(`${exercise()}/en/situation`, { webgl: false });
    await settled(page);
  });
  beforeEach(() => page.mouse.move(5, 5));

  test('stands in the address and as a chip, and Back undoes it', async () => {
    await page
      .getByRole('button', { name: /^Kinds/ })
      .first()
      .click();
    await page.getByRole('checkbox', { name: 'Restriction' }).first().click();
    const chip = page.getByRole('button', { name: 'Remove filter: Group: Restriction' });
    await chip.waitFor();
    expect(searchOf(page).get('group')).toBe('restriction');
    await page.keyboard.press('Escape');
    await page.goBack();
    await chip.waitFor({ state: 'detached' });
    expect(searchOf(page).get('group')).toBeNull();
    await page.goForward();
    await chip.waitFor();
    await chip.click();
    await chip.waitFor({ state: 'detached' });
    expect(searchOf(page).get('group')).toBeNull();
  });

  test('counts the same on the situation, in the list and in the log', async () => {
    for (const filter of ['group=small_arms,blast', 'contingent=alfa&located=false', 'late=true']) {
      await page.goto(`${exercise()}/en/situation?window=all&asof=${then}&${filter}`);
      const { matching } = await eventually(
        () => countedOf(page),
        (counted) => counted.total > 0,
      );
      const asked = await askList(exercise(), `${filter}&asOf=${then}&limit=1`);
      expect(matching).toBe(asked.matching);
      await page.goto(`${exercise()}/en/observations?asof=${then}&${filter}`);
      expect(await listed(page)).toBe(matching);
    }
  });

  test.each(FIGURES)('the tile of %s opens exactly its rows', async (figure) => {
    await page.goto(`${exercise()}/en/situation?asof=${then}`);
    await page.locator(`button[data-figure=${figure}]`).click();
    const detail = page.getByRole('dialog');
    await detail.getByText('What is counted').waitFor();
    const { situation } = await askSituation(exercise(), `window=30d&asOf=${then}`);
    const { reports } = Object.entries(situation.figures).find(
      ([name]) => name === figure,
    )?.[1] ?? { reports: -1 };
    if (reports === 0) {
      await detail.getByText('No reports to open').waitFor();
      return;
    }
    const link = detail.getByRole('link', { name: /^Open (these [\d,]+ reports|this report)$/ });
    expect(numberIn(await link.innerText(), 1)).toBe(reports);
    await link.click();
    await page.waitForURL('**/en/observations?**');
    expect(await listed(page)).toBe(reports);
  });

  test('of the past is framed in amber and named, and Esc returns', async () => {
    await page.goto(`${exercise()}/en/situation`);
    await settled(page);
    await page.keyboard.press('t');
    await page.getByRole('textbox', { name: 'Show what was known then' }).fill('1000');
    await page.keyboard.press('Enter');
    await page.getByText('Viewing the past: as of event 1,000').waitFor();
    expect(searchOf(page).get('asof')).toBe('1000');
    await eventually(
      () => pillOf(page).innerText(),
      (text) => text.includes('Past'),
    );
    await eventually(() => amberAtTheEdge(page), Boolean);
    const { situation } = await askSituation(exercise(), 'window=30d&asOf=1000');
    await eventually(
      () => countedOf(page),
      ({ matching }) => matching === situation.matching,
    );
    await page.keyboard.press('Escape');
    await eventually(
      () => pillOf(page).innerText(),
      (text) => text.includes('Live'),
    );
    expect(searchOf(page).get('asof')).toBeNull();
    await eventually(
      () => amberAtTheEdge(page),
      (isAmber) => !isAmber,
    );
  });

  test('keys lead everywhere, and rest while somebody types', async () => {
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keys, codes and dictionary' });
    await help.waitFor();
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    await inOneBreath(page, 'gc');
    await page.waitForURL('**/en/centre');
    await inOneBreath(page, 'gs');
    await page.waitForURL('**/en/situation');
    await page.keyboard.press('/');
    const search = page.getByRole('searchbox');
    await page.keyboard.type('ng?');
    expect(await search.inputValue()).toBe('ng?');
    expect(await help.count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await page.waitForURL('**/en/report');
  });

  test('a number in the search opens its observation', async () => {
    await page.goto(`${exercise()}/en/situation`);
    await settled(page);
    await page.keyboard.press('/');
    await page.keyboard.type('17');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/en/observation?id=17');
    await page.getByRole('heading', { name: 'No. 17', exact: true }).waitFor();
  });

  test('and all of it without a fault', () => {
    expect(visitor().faults).toEqual([]);
  });
});

/** Its own node: what somebody else reports would come between two looks at it. */
describeInBrowser('a feed that somebody reads', (visitor) => {
  const node = new OwnNode();
  let page: Page;

  beforeAll(async () => {
    await node.start();
    for (let n = 0; n < 5; n += 1) await submit(node.address);
    page = await visitor().open(`${node.address}/en/situation`, { webgl: false });
    await settled(page);
    await feedRows(page).nth(4).waitFor();
  });
  beforeEach(() => page.mouse.move(5, 5));
  afterAll(() => node.end());

  test('stands still while it is paused, and says what waits', async () => {
    const pause = feedOf(page).getByRole('button', { name: 'Pause the feed' });
    await pause.click();
    await eventually(
      () => pause.getAttribute('aria-pressed'),
      (pressed) => pressed === 'true',
    );
    await page.mouse.move(5, 5);
    await page.getByRole('main').focus();
    const first = await topRow(page);
    const { id } = await submit(node.address);
    await feedOf(page)
      .getByText(/^\d+ waiting$/)
      .waitFor();
    expect(await topRow(page)).toBe(first);
    await pause.click();
    await page.getByRole('main').focus();
    await page.mouse.move(5, 5);
    await page.locator(`li[data-id="${id}"]`).waitFor();
  });

  test('what is under the pointer stays under the pointer', async () => {
    const row = feedRows(page).nth(2);
    await row.hover();
    await page.locator('li[data-id]:hover').waitFor();
    const id = await row.getAttribute('data-id');
    const box = await row.boundingBox();
    await submit(node.address);
    await feedOf(page)
      .getByText(/^\d+ waiting$/)
      .waitFor();
    expect(await feedRows(page).nth(2).getAttribute('data-id')).toBe(id);
    expect(await row.boundingBox()).toEqual(box);
    await page.mouse.move(5, 5);
    await eventually(
      () => feedRows(page).nth(2).getAttribute('data-id'),
      (now) => now !== id,
    );
  });

  test('and all of it without a fault', () => {
    expect(visitor().faults).toEqual([]);
  });
});

function searchOf(page: Page): URLSearchParams {
  return new URL(page.url()).searchParams;
}

function numberIn(text: string, otherwise: number): number {
  const digits = /[\d,]+/.exec(text)?.[0];
  return digits === undefined ? otherwise : Number(digits.replaceAll(',', ''));
}

/** How many the list says that it has. */
async function listed(page: Page): Promise<number> {
  const said = page.getByTestId('matching').first();
  const text = await eventually(
    () => said.innerText(),
    (words) => /\d/.test(words),
  );
  return numberIn(text, Number.NaN);
}

async function topRow(page: Page): Promise<string | null> {
  return feedRows(page).first().getAttribute('data-id');
}

/** The outermost frame of the screen, as it is drawn: amber has red over green over blue. */
function amberAtTheEdge(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const framed = document.querySelector('[data-past]');
    if (framed === null) return false;
    const { outlineColor, outlineStyle, outlineWidth } = getComputedStyle(framed);
    const [red = 0, green = 0, blue = 0] = (outlineColor.match(/\d+/g) ?? []).map(Number);
    return (
      outlineStyle !== 'none' &&
      Number.parseFloat(outlineWidth) >= 2 &&
      red > green &&
      green > blue + 40
    );
  });
}
