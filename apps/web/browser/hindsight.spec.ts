import type { ObservationDifferencePage } from '@ceasewatch/api/contract/difference';
import type { HindsightAnswer } from '@ceasewatch/api/contract/hindsight';
import { beforeAll, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ask, askList } from './testing/api.ts';
import { eventually } from './testing/eventually.ts';
import { colouredPixels } from './testing/pixels.ts';
import { HINDSIGHT } from './testing/screens.ts';
import { describeInBrowser, exercise } from './testing/visitor.ts';

jest.setTimeout(240_000);

/** The two questions of a dispute, and every figure opens exactly the rows that it counts. */
describeInBrowser('known then, known now', (visitor) => {
  let page: Page;
  let answer: HindsightAnswer;
  /** A day of which something came late, and the end of the window. */
  let [day, until] = [{ from: '', to: '', known: 0 }, ''];

  beforeAll(async () => {
    const now = await ask<HindsightAnswer>(exercise(), '/api/hindsight?window=30d');
    until = now.buckets.at(-6)?.to ?? '';
    const search = `window=30d&occurredUntil=${until}&asOf=${now.asOf}`;
    answer = await ask<HindsightAnswer>(exercise(), `/api/hindsight?${search}`);
    const late = answer.buckets.find((each) => each.late > 0);
    if (late === undefined) throw new Error('the exercise has no late report');
    day = late;
    page = await visitor().open(address(), { webgl: false });
    await HINDSIGHT.ready(page);
  });

  const address = () => `${exercise()}/en/hindsight?until=${until}&asof=${answer.asOf}`;
  const listedOn = async () => {
    const told = page.getByTestId('matching');
    const text = await eventually(
      () => told.first().innerText(),
      (shown) => /\d/.test(shown),
    );
    return Number(text.replaceAll(/\D/g, ''));
  };
  const side = (name: 'then' | 'now') => page.locator(`[data-side=${name}]`).first();

  test('answers both questions side by side, in the amber frame of the past', async () => {
    await page.getByText(/^Viewing the past/).waitFor();
    expect(await side('then').locator('b').innerText()).toBe(`${answer.whole.then}`);
    expect(await side('now').locator('b').innerText()).toBe(`${answer.whole.now}`);
    const drawn = page.getByRole('region', { name: /^Known at the end/ }).locator('canvas');
    await eventually(
      () => colouredPixels(drawn),
      (coloured) => coloured > 300,
    );
  });

  test.each(['then', 'now'] as const)('opens exactly the rows known %s', async (name) => {
    await side(name)
      .getByRole('link', { name: /^Open the/ })
      .click();
    await page.waitForURL('**/en/observations?**');
    expect(await listedOn()).toBe(answer.whole[name]);
    await page.goBack();
    await HINDSIGHT.ready(page);
  });

  test('chooses a day by its row, and the address keeps it', async () => {
    await page.getByRole('button', { name: 'Show as table' }).first().click();
    const row = page.locator(`tr[data-from="${day.from}"]`);
    await row.getByRole('button').click();
    await page.getByRole('region', { name: /that is chosen$/ }).waitFor();
    expect(new URL(page.url()).searchParams.get('sel')).toBe(day.from);
    const { matching } = await askList(
      exercise(),
      `limit=1&from=${day.from}&to=${day.to}&asOf=${day.known}`,
    );
    expect(await row.locator('td').first().innerText()).toBe(`${matching}`);
  });

  test('leads from a day to what differs, of that day alone', async () => {
    await page.locator(`tr[data-from="${day.from}"]`).getByRole('link', { name: 'Open' }).click();
    const list = page.getByRole('region', { name: 'What differs' });
    const all = list.getByRole('button', { name: /^All \d/ });
    await all.waitFor();
    const { matching } = await ask<ObservationDifferencePage>(
      exercise(),
      `/api/diff/observations?from=${day.known}&to=${answer.asOf}&occurredFrom=${day.from}&occurredUntil=${day.to}`,
    );
    expect(await all.innerText()).toBe(`All ${matching}`);
  });

  test('takes an event for a moment, and says what it cannot read', async () => {
    await page.goto(`${exercise()}/en/hindsight?event=${day.known}`);
    await page.waitForURL('**/hindsight?until=**');
    await HINDSIGHT.ready(page);
    await page.getByRole('textbox', { name: 'Until' }).fill('yesterday');
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByText('Give a time such as 141800D NOV 26.').waitFor();
  });

  test('says that nothing is known where nothing is', async () => {
    await page.goto(`${exercise()}/en/hindsight?until=2010-01-01T00:00:00.000Z&window=24h`);
    await page.getByText('Nothing is known of this time.').waitFor();
  });
});
