import type { ObservationDifferencePage } from '@ceasewatch/api/contract/difference';
import type { HindsightAnswer } from '@ceasewatch/api/contract/hindsight';
import { beforeAll, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ask, askList } from './testing/api.ts';
import { textOfPdf } from './testing/pdf-text.ts';
import { HINDSIGHT, SCREENS } from './testing/screens.ts';
import { describeInBrowser, exercise } from './testing/visitor.ts';

jest.setTimeout(240_000);

/** A sheet is evidence: what it is of, in which zone, that it is an exercise, and how many sheets there are. */
describeInBrowser('a screen on paper', (visitor) => {
  let page: Page;
  let observation: string;

  beforeAll(async () => {
    page = await visitor().window(exercise(), { theme: 'dark' });
    const [newest] = (await askList(exercise(), 'limit=1&contingent=alfa')).items;
    observation = newest?.id ?? '';
  });

  const printed = async (path: string, ready: (shown: Page) => Promise<unknown>) => {
    await page.goto(`${exercise()}${path}`);
    await ready(page);
    // The head of a sheet stands there, unseen, once centre and clock are known.
    await page
      .getByText(/^As of event [\d,]+, \d/)
      .first()
      .waitFor({ state: 'attached' });
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    return textOfPdf(pdf);
  };

  const expectEvidence = (sheets: readonly string[]) => {
    expect(sheets.length).toBeGreaterThan(0);
    for (const [at, sheet] of sheets.entries()) {
      expect(sheet).toContain('EXERCISE');
      expect(sheet).toContain(`page ${at + 1} of ${sheets.length}`);
    }
    expect(sheets[0]).toMatch(/As of event [\d,]+, \d{6}D [A-Z]{3} \d{2} \(Asia\/Baku\)/);
    expect(sheets[0]).toContain('All times D (Asia/Baku) unless marked Z');
  };

  test('the situation has its figures on it', async () => {
    const sheets = await printed('/en/situation', async (shown) => SCREENS[0]?.ready(shown));
    expectEvidence(sheets);
    expect(sheets.join(' ')).toContain('Fire items, 24 h');
  });

  test('an observation has its number and its versions on it', async () => {
    const sheets = await printed(`/en/observation?id=${observation}`, (shown) =>
      shown.getByRole('heading', { name: /^No\. \d+$/ }).waitFor(),
    );
    expectEvidence(sheets);
    expect(sheets.join(' ')).toMatch(/No\. \d+/);
    expect(sheets.join(' ')).toContain('Versions, newest first');
  });

  test('a list of the past has its rows on it, and names its event', async () => {
    const sheets = await printed('/en/observations?asof=2000&group=restriction', (shown) =>
      shown.locator('tr[data-id]').first().waitFor(),
    );
    expectEvidence(sheets);
    expect(sheets[0]).toContain('As of event 2,000,');
    const [newest] = (await askList(exercise(), 'asOf=2000&group=restriction&limit=1')).items;
    expect(sheets.join(' ')).toContain(String(newest?.number));
  });

  test('known then, known now has both answers and both charts in words on it', async () => {
    const sheets = await printed('/en/hindsight?asof=2000&window=7d', HINDSIGHT.ready);
    expectEvidence(sheets);
    const { whole } = await ask<HindsightAnswer>(exercise(), '/api/hindsight?asOf=2000&window=7d');
    const words = sheets.join(' ');
    for (const said of [`${whole.then} observation`, `${whole.now} observation`, 'Reporting delay'])
      expect(words).toContain(said);
  });

  test('a difference has every observation on it, however many, and positions as screens write them', async () => {
    const [from, to] = [1_500, 2_000];
    const changed: ObservationDifferencePage['items'][number][] = [];
    for (let cursor = ''; ;) {
      const page = await ask<ObservationDifferencePage>(
        exercise(),
        `/api/diff/observations?from=${from}&to=${to}&window=all&limit=200${cursor}`,
      );
      changed.push(...page.items);
      if (page.next === undefined) break;
      cursor = `&cursor=${page.next}`;
    }
    expect(changed.length).toBeGreaterThan(200);
    // The dialog of a browser without a window would never be answered.
    await page.addInitScript(() => {
      window.print = () => (document.documentElement.dataset['printed'] = 'true');
    });
    await page.goto(`${exercise()}/en/replay?asof=${to}&pin=${from}&view=difference&window=all`);
    const told = page.getByRole('region', { name: 'What differs' });
    await told.locator('li[data-id]').first().waitFor();
    expect(await told.locator('li[data-id]').count()).toBe(50);
    // By the menu of the browser nothing can be fetched: the sheet says what it lacks.
    const short = textOfPdf(await page.pdf({ preferCSSPageSize: true }));
    expect(short.join(' ')).toContain(`This sheet has 50 of ${changed.length}`);
    await told.getByRole('button', { name: 'Print' }).click();
    await page.locator('html[data-printed]').waitFor({ state: 'attached' });
    const sheets = textOfPdf(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
    expectEvidence(sheets);
    const words = sheets.join(' ');
    const missing = changed.filter(
      ({ number }) => !words.includes(`No. ${number.toLocaleString('en')}`),
    );
    expect(missing).toEqual([]);
    expect(words).not.toContain('This sheet has');
    expect(words).toMatch(
      /from \d\d [A-Z]{3} \d{4} [\d:]{8} D, at 38[ST] [A-Z]{2} \d{3} \d{3} \(\d\d\.\d{5}, \d\d\.\d{5}\) ± \d+/,
    );
    // But for the event that is looked at, whose bytes stand there as they are.
    expect(words.slice(words.indexOf('What differs'))).not.toContain('{"');
    // The screen is as it was.
    await expect(told.locator('li[data-id]').count()).resolves.toBe(50);
  });

  test('is light, whatever the screen is', async () => {
    await page.emulateMedia({ media: 'print' });
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.emulateMedia({ media: null });
    expect(ground).toBe('rgb(255, 255, 255)');
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).not.toBe(
      ground,
    );
  });
});
