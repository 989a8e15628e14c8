import type { CentreAnswer } from '@ceasewatch/api/contract/centre';
import { beforeAll, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ask } from './testing/api.ts';
import { eventually } from './testing/eventually.ts';
import { inOneBreath } from './testing/in-one-breath.ts';
import { describeInBrowser, exercise } from './testing/visitor.ts';

jest.setTimeout(240_000);

const HOUR_MS = 60 * 60_000;

describeInBrowser('under whose name a report goes into the log', (visitor) => {
  let page: Page;
  let operators: readonly string[];

  beforeAll(async () => {
    const { officers } = await ask<CentreAnswer>(exercise(), '/api/centre');
    operators = officers.filter(({ role }) => role === 'operator').map(({ officer }) => officer);
    page = await visitor().open(`${exercise()}/en/report`, { known: false, webgl: false });
  });

  const pick = () => page.getByRole('combobox', { name: 'Acting officer' });

  test('is asked of a new device, among those who may report, and nobody is chosen before', async () => {
    await page.getByRole('heading', { name: 'Who reports from this desk?' }).waitFor();
    expect(await pick().inputValue()).toBe('');
    const offered = await pick()
      .locator('option:not([disabled])')
      .evaluateAll((options) => options.map((option) => option.getAttribute('value')));
    expect(offered).toEqual(operators);
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByText('Choose an officer.').waitFor();
    expect(await lineOf(page).count()).toBe(0);
  });

  test('is chosen by letters that were typed before the list stood', async () => {
    const last = pick().locator('option').last();
    const [label, officer] = [await last.textContent(), await last.getAttribute('value')];
    const desk = await visitor().open(`${exercise()}/en/centre`, { known: false, webgl: false });
    await desk.getByRole('heading', { name: 'Units' }).waitFor();
    await typeAtOnce(desk, ['n', ...(label?.split(' · ').at(0) ?? '')]);
    const asked = desk.getByRole('combobox', { name: 'Acting officer' });
    await eventually(
      () => asked.inputValue(),
      (chosen) => chosen === officer,
    );
  });

  test('is chosen by a name that was begun before the list stood and ended in it', async () => {
    const last = pick().locator('option').last();
    const [label, officer] = [await last.textContent(), await last.getAttribute('value')];
    const [first = '', ...rest] = label?.split(' · ').at(0) ?? '';
    const chosen = async () => {
      const desk = await visitor().open(`${exercise()}/en/centre`, { known: false, webgl: false });
      await desk.getByRole('heading', { name: 'Units' }).waitFor();
      await typeAtOnce(desk, ['n', first]);
      const asked = desk.getByRole('combobox', { name: 'Acting officer' });
      await asked.and(desk.locator(':focus')).waitFor();
      await inOneBreath(desk, rest);
      const value = await asked.inputValue();
      await visitor().close(desk);
      return value;
    };
    // A second later it would be another name, and a busy machine may be that slow.
    await eventually(chosen, (value) => value === officer, 120_000);
  });

  test('is confirmed by an Enter among them, and what comes after is the first line', async () => {
    const label = await pick().locator('option').last().textContent();
    const desk = await visitor().open(`${exercise()}/en/centre`, { known: false, webgl: false });
    await desk.getByRole('heading', { name: 'Units' }).waitFor();
    await typeAtOnce(desk, ['n', ...(label?.split(' · ').at(0) ?? ''), 'Enter', ...'exp 3']);
    await eventually(
      () => lineOf(desk).inputValue(),
      (line) => line === 'exp 3',
    );
  });

  test('is remembered on the device', async () => {
    await pick().selectOption(operators.at(-1) ?? '');
    await pick().press('Enter');
    await lineOf(page).waitFor();
    await page.reload();
    await lineOf(page).waitFor();
    expect(await pick().inputValue()).toBe(operators.at(-1));
  });

  test('is asked again after an idle hour', async () => {
    await page.evaluate(
      (ago) => localStorage.setItem('ceasewatch.touched', `${Date.now() - ago}`),
      HOUR_MS + 1_000,
    );
    await page.reload();
    const dialog = page.getByRole('dialog', { name: 'Are you still at this desk?' });
    await dialog.getByRole('combobox').selectOption(operators[0] ?? '');
    await dialog.getByRole('button', { name: 'Go on under this name' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await pick().inputValue()).toBe(operators[0]);
  });
});

/** Faster than any screen can follow. */
async function typeAtOnce(page: Page, keys: readonly string[]): Promise<void> {
  await page.evaluate((pressed) => {
    for (const key of pressed) {
      document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
      );
    }
  }, keys);
}

function lineOf(page: Page) {
  return page.getByRole('textbox', { name: 'Quick entry' });
}
