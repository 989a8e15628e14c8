import type { Receipt } from '@ceasewatch/api/contract/observation';
import { beforeAll, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { askSituation } from './testing/api.ts';
import { eventually } from './testing/eventually.ts';
import { colouredPixels, coloursIn, differentPixels } from './testing/pixels.ts';
import {
  chartOf,
  countedOf,
  feedRows,
  figureOf,
  mapOf,
  positionOf,
  settled,
} from './testing/situation.ts';
import { describeInBrowser, exercise } from './testing/visitor.ts';

jest.setTimeout(240_000);

/**
 * The main job: one window watches, another one reports, and the first shows it by itself. How soon, the
 * bench measures; this is what the busiest machine is given.
 */
const SOON_MS = 10_000;

describeInBrowser('a report moves the open dashboard', (visitor) => {
  let watching: Page;
  let quiet: Page;
  let reporting: Page;
  let receipt: Receipt;

  beforeAll(async () => {
    [watching, quiet, reporting] = await Promise.all([
      visitor().open(`${exercise()}/en/situation`),
      // Of this kind the exercise has few, so that what changes here is what this test did.
      visitor().open(`${exercise()}/en/situation?kind=uxo_or_mine`),
      visitor().open(`${exercise()}/en/centre`, { webgl: false }),
    ]);
    await Promise.all([watching, quiet].map(settled));
  });

  test('the situation opens full', async () => {
    expect(await figureOf(watching, 'fireItems')).toBeGreaterThan(0);
    expect((await countedOf(watching)).total).toBeGreaterThan(2_000);
    expect(await feedRows(watching).count()).toBeGreaterThanOrEqual(20);
    expect(await colouredPixels(chartOf(watching))).toBeGreaterThan(2_000);
    expect(await coloursIn(mapOf(watching))).toBeGreaterThan(12);
  });

  test('a report is written, read back and sent by keys alone', async () => {
    await reporting.keyboard.press('n');
    await reporting.waitForURL('**/en/report');
    await reporting.getByRole('textbox', { name: 'Quick entry' }).waitFor();
    await reporting.keyboard.type('uxo ~12 b084 d3.2k seen c3 a row of them beside the track');
    await reporting.keyboard.press('Control+Enter');
    const readBack = reporting.getByRole('dialog', { name: 'Read back' });
    await readBack.waitFor();
    const sentence = await readBack.innerText();
    expect(sentence).toContain('about 12 munitions');
    expect(sentence).toContain('bearing 084° true');

    const [before, pixels] = [await countedOf(quiet), await mapOf(quiet).screenshot()];
    const totalBefore = (await countedOf(watching)).total;
    const answered = reporting.waitForResponse((response) =>
      response.url().endsWith('/api/observations'),
    );
    await confirmAndSend(reporting);
    receipt = await (await answered).json();

    const since = performance.now();
    await Promise.all([
      watching.locator(`li[data-id="${receipt.id}"]`).waitFor({ timeout: SOON_MS }),
      eventually(
        () => countedOf(watching),
        ({ total }) => total > totalBefore,
        SOON_MS,
      ),
      eventually(
        () => countedOf(quiet),
        ({ matching }) => matching === before.matching + 1,
        SOON_MS,
      ),
    ]);
    expect(performance.now() - since).toBeLessThan(SOON_MS);
    await eventually(
      () => differentPixels(mapOf(quiet), pixels),
      (different) => different > 40,
      SOON_MS,
    );
  });

  test('its receipt has the number that the feed shows', async () => {
    const said = reporting.getByText(`No. ${receipt.number}`, { exact: false }).first();
    await said.waitFor();
    const row = watching.locator(`li[data-id="${receipt.id}"]`);
    expect(await row.innerText()).toContain(`no. ${receipt.number}`);
    expect(await row.innerText()).toContain('about 12 munitions');
  });

  test('the figures on the screen are those of the log', async () => {
    await eventually(
      async () => {
        const [seq, shown, fire] = [
          await positionOf(watching),
          await countedOf(watching),
          await figureOf(watching, 'fireItems'),
        ];
        const { situation } = await askSituation(
          exercise(),
          `window=30d&asOf=${seq}&at=${nextMinute()}`,
        );
        return { shown: { ...shown, fire }, asked: situationCounts(situation) };
      },
      ({ shown, asked }) => JSON.stringify(shown) === JSON.stringify(asked),
    );
  });

  test('the chart counts the report', async () => {
    const chart = quiet.getByRole('region', { name: 'Reports by kind' });
    await chart.getByRole('button', { name: 'Show as table' }).click();
    const cells = await chart.locator('tbody tr').last().innerText();
    expect(cells).toMatch(/[1-9]/);
  });

  test('and all of it without a fault', () => {
    expect(visitor().faults).toEqual([]);
  });
});

/** What is unusual is confirmed with Space, then Enter sends. */
async function confirmAndSend(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Read back' });
  for (
    let left = await dialog.getByRole('checkbox', { checked: false }).count();
    left > 0;
    left -= 1
  ) {
    await page.keyboard.press('Space');
  }
  await page.keyboard.press('Enter');
}

function nextMinute(): string {
  return new Date(Math.floor(Date.now() / 60_000 + 1) * 60_000).toISOString();
}

function situationCounts(situation: {
  readonly matching: number;
  readonly total: number;
  readonly figures: { readonly fireItems: { readonly reports: number } };
}) {
  return {
    matching: situation.matching,
    total: situation.total,
    fire: situation.figures.fireItems.reports,
  };
}
