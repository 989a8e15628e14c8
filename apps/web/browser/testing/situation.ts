import type { Locator, Page } from 'playwright-core';

/** Where things are on the situation screen, by the words and roles a reader goes by. */
export const chartOf = (page: Page): Locator =>
  page.getByRole('region', { name: 'Reports by kind' }).locator('canvas');
export const mapOf = (page: Page): Locator => page.getByTestId('map');
export const feedOf = (page: Page): Locator =>
  page.getByRole('region', { name: /^(Live feed|Reports, newest first)$/ });
export const feedRows = (page: Page): Locator => feedOf(page).locator('li[data-id]');
export const pillOf = (page: Page): Locator => page.getByRole('button', { name: /^Connection:/ });

export interface Counted {
  readonly matching: number;
  readonly total: number;
}

/** `3,412 of 3,980 reports`, as numbers. */
export async function countedOf(page: Page): Promise<Counted> {
  const text = await page.getByTestId('matching').innerText();
  const [matching, total] = [...text.matchAll(/[\d,]+/g)].map(([digits]) =>
    Number(digits.replaceAll(',', '')),
  );
  return { matching: matching ?? Number.NaN, total: total ?? Number.NaN };
}

/** The large number of a tile. */
export async function figureOf(page: Page, name: string): Promise<number> {
  const text = await page.locator(`button[data-figure=${name}]`).innerText();
  return Number(/^[\d,]+$/m.exec(text)?.[0].replaceAll(',', '') ?? Number.NaN);
}

/** The last event that this page has applied, from the words of its pill. */
export async function positionOf(page: Page): Promise<number> {
  const text = await pillOf(page).innerText();
  return Number(/#([\d,]+)/.exec(text)?.[1]?.replaceAll(',', '') ?? Number.NaN);
}

/** Open and live: the figures are there, the map has been drawn somehow, the connection stands. */
export async function settled(page: Page): Promise<void> {
  await feedRows(page).first().waitFor();
  await page.locator('button[data-figure=fireItems]').waitFor();
  await page.locator('[data-state=live] canvas, [data-state=static] svg').first().waitFor();
  await page.getByRole('button', { name: /^Connection:\s*Live/ }).waitFor();
}
