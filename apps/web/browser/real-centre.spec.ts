import type { ImportLine } from '@ceasewatch/api/contract/import';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from './testing/eventually.ts';
import { OwnNode } from './testing/own-node.ts';
import { countedOf, feedRows } from './testing/situation.ts';
import { describeInBrowser } from './testing/visitor.ts';

jest.setTimeout(240_000);

const TABLE = [
  'date,longitude,latitude,type',
  '2021-02-11,46.93012,40.02346,SAF',
  '2021-02-11,46.93012,40.02346,SAF',
  '2021-02-12,46.75104,39.81230,IED',
  'never,46.75104,39.81230,IED',
  '',
].join('\n');

describeInBrowser('a real centre', (visitor) => {
  const node = new OwnNode();
  let page: Page;

  beforeAll(async () => {
    await node.start();
    page = await visitor().open(`${node.address}/en/situation`, { webgl: false });
  });
  afterAll(() => node.end());

  test('without reports says so on every screen, and is nowhere called an exercise', async () => {
    await page.getByText('Nothing has been reported yet').waitFor();
    await page.getByText('No reports in this time window').waitFor();
    expect(await countedOf(page)).toEqual({ matching: 0, total: 0 });
    await calledNoExercise(page);
    await page.goto(`${node.address}/en/observations`);
    await page.getByText('Nothing has been reported yet').waitFor();
    await calledNoExercise(page);
    await page.goto(`${node.address}/en/log`);
    await page.getByRole('listitem').filter({ hasText: 'Log opened' }).waitFor();
    await calledNoExercise(page);
    await page.goto(`${node.address}/en/centre`);
    await page.getByRole('heading', { name: 'Contingents' }).waitFor();
    await calledNoExercise(page);
    await page.goto(`${node.address}/en/report`);
    await page.getByRole('textbox', { name: 'Quick entry' }).waitFor();
    await calledNoExercise(page);
  });

  test('finds the rows of a table that was imported while it was open, none lost and none invented', async () => {
    await page.goto(`${node.address}/en/situation?window=all`);
    await page.getByText('Nothing has been reported yet').waitFor();
    const lines = await imported(node.address, TABLE);
    expect(lines.at(-1)).toMatchObject({ summary: { read: 4, recorded: 3, refused: 1 } });
    await eventually(
      () => countedOf(page),
      ({ matching, total }) => matching === 3 && total === 3,
    );
    await page.getByText('Nothing has been reported yet').waitFor({ state: 'detached' });

    await page.goto(`${node.address}/en/observations`);
    const rows = page.locator('tr[data-id]');
    await eventually(
      () => rows.count(),
      (count) => count === 3,
    );
    expect(await rows.filter({ hasText: '11 FEB' }).count()).toBe(2);
    expect(await rows.filter({ hasText: '12 FEB' }).count()).toBe(1);
    expect(await rows.filter({ hasText: 'external' }).count()).toBe(3);
  });

  test('says that they lie before the window, and shows them with one click', async () => {
    await page.goto(`${node.address}/en/situation`);
    await page.getByText('3 reports lie before this window').waitFor();
    expect(await countedOf(page)).toEqual({ matching: 0, total: 3 });
    await page.getByRole('button', { name: 'Show all', exact: true }).click();
    await eventually(
      () => countedOf(page),
      ({ matching }) => matching === 3,
    );
    await feedRows(page).nth(2).waitFor();
    expect(new URL(page.url()).searchParams.get('window')).toBe('all');
    await page.getByText('3 reports lie before this window').waitFor({ state: 'detached' });
  });

  test('holds them once however often they are brought', async () => {
    const lines = await imported(node.address, TABLE);
    expect(lines.at(-1)).toMatchObject({
      summary: { read: 4, recorded: 0, alreadyThere: 3, refused: 1 },
    });
    await page.goto(`${node.address}/en/observations`);
    await eventually(
      () => page.locator('tr[data-id]').count(),
      (count) => count === 3,
    );
  });

  test('opens each of them from the list', async () => {
    await page.locator('tr[data-id]').first().getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: /^No\. \d+$/ }).waitFor();
    expect(await page.getByRole('main').innerText()).toContain('external');
    await calledNoExercise(page);
  });

  test('and all of it without a fault', () => {
    expect(visitor().faults).toEqual([]);
  });
});

/** Asked once the centre is known, which is what the connection begins with. */
async function calledNoExercise(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Connection:\s*Live/ }).waitFor();
  expect(await page.title()).not.toMatch(/exercise/i);
  expect(await page.getByRole('banner').innerText()).not.toMatch(/exercise/i);
  expect(await page.getByRole('main').innerText()).not.toContain('EXERCISE');
}

async function imported(address: string, table: string): Promise<readonly ImportLine[]> {
  const response = await fetch(`${address}/api/imports`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/csv' },
    body: table,
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`the import was refused: ${text}`);
  return text
    .trim()
    .split('\n')
    .map((line): ImportLine => JSON.parse(line));
}
