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
