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
 * bench measures; this is what the busiest machine is given, and less than the minute after which a page
 * asks anew by itself.
 */
const SOON_MS = 40_000;
/** Of this kind the exercise has few. */
const RARE = 'kind=uxo_or_mine';

describeInBrowser('a report moves the open dashboard', (visitor) => {
  let watching: Page;
  let quiet: Page;
  let reporting: Page;
  let receipt: Receipt;

  beforeAll(async () => {
    [watching, quiet, reporting] = await Promise.all([
      visitor().open(`${exercise()}/en/situation`),
      visitor().open(`${exercise()}/en/situation?${RARE}`),
      visitor().open(`${exercise()}/en/centre`, { webgl: false }),
    ]);
    await Promise.all([watching, quiet].map(settled));
    await reporting.getByRole('heading', { name: 'Observing units' }).waitFor();
  });

  test('the situation opens full', async () => {
    expect(await figureOf(watching, 'fireItems')).toBeGreaterThan(0);
    expect((await countedOf(watching)).total).toBeGreaterThan(2_000);
    expect(await feedRows(watching).count()).toBeGreaterThanOrEqual(20);
    await eventually(
      () => colouredPixels(chartOf(watching)),
      (coloured) => coloured > 2_000,
    );
    await eventually(
      () => coloursIn(mapOf(watching)),
      (colours) => colours > 12,
    );
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

    const pixels = await mapOf(quiet).screenshot();
    const totalBefore = (await countedOf(watching)).total;
    const answered = reporting.waitForResponse((response) =>
      response.url().endsWith('/api/observations'),
    );
    await confirmAndSend(reporting);
    receipt = await (await answered).json();

    await Promise.all([
      watching.locator(`li[data-id="${receipt.id}"]`).waitFor({ timeout: SOON_MS }),
      eventually(
        () => countedOf(watching),
        ({ total }) => total > totalBefore,
        SOON_MS,
      ),
      quiet.locator(`li[data-id="${receipt.id}"]`).waitFor({ timeout: SOON_MS }),
    ]);
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

  test.each([
    ['of all', '', () => watching],
    ['of a filter', RARE, () => quiet],
  ] as const)('the figures %s on the screen are those of the log', async (_, filter, screen) => {
    const page = screen();
    const { asked } = await eventually(
      async () => {
        const [seq, shown, fire] = [
          await positionOf(page),
          await countedOf(page),
          await figureOf(page, 'fireItems'),
        ];
        const { situation } = await askSituation(
          exercise(),
          `window=30d&${filter}&asOf=${seq}&at=${nextMinute()}`,
        );
        return { seq, shown: { ...shown, fire }, asked: situationCounts(situation) };
      },
      ({ seq, shown, asked: those }) =>
        seq >= receipt.seq && JSON.stringify(shown) === JSON.stringify(those),
    );
    expect(asked.matching).toBeGreaterThan(0);
  });

  test('the chart counts the report', async () => {
    const chart = quiet.getByRole('region', { name: 'Reports by kind' });
    await chart.getByRole('button', { name: 'Show as table' }).click();
    const totals = chart.locator('tbody tr td:last-child');
    const { charted } = await eventually(
      async () => {
        const cells = await totals.allInnerTexts();
        const { matching } = await countedOf(quiet);
        return { charted: cells.reduce((sum, cell) => sum + Number(cell), 0), matching };
      },
      (both) => both.charted === both.matching,
    );
    expect(charted).toBeGreaterThan(0);
  });

  test('and all of it without a fault', () => {
    expect(visitor().faults).toEqual([]);
  });
});

/** What is unusual is confirmed with Space, then Enter sends; nobody presses either before he sees where it goes. */
async function confirmAndSend(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Read back' });
  const open = dialog.getByRole('checkbox', { checked: false });
  for (let left = await open.count(); left > 0; left -= 1) {
    await dialog.locator('input[type=checkbox]:focus').waitFor();
    await page.keyboard.press('Space');
    await eventually(
      () => open.count(),
      (count) => count === left - 1,
    );
  }
  await dialog.locator('[data-testid="send"]:focus').waitFor();
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
