import { text } from 'node:stream/consumers';
import type { DifferenceAnswer } from '@ceasewatch/api/contract/difference';
import type { LogEntryPage } from '@ceasewatch/api/contract/log';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { ask, askSituation } from './testing/api.ts';
import { COLOURS, dressed, objections } from './testing/axe.ts';
import { eventually } from './testing/eventually.ts';
import { colouredPixels, differentPixels } from './testing/pixels.ts';
import { figureOf } from './testing/situation.ts';
import { describeInBrowser, exercise } from './testing/visitor.ts';

jest.setTimeout(240_000);

const state = (page: Page): Locator => page.getByTestId('state');
const slider = (page: Page): Locator => page.getByRole('slider', { name: 'Moment' });
const chart = (page: Page): Locator =>
  page.getByRole('region', { name: 'Reports by kind' }).locator('canvas');

/** The event whose figures are on the screen. */
const shownOf = async (page: Page): Promise<number> =>
  Number(await state(page).getAttribute('data-seq'));
const shows = (page: Page, seq: number) =>
  eventually(
    () => shownOf(page),
    (shown) => shown === seq,
  );
const inAddress = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);

describeInBrowser('the replay', (visitor) => {
  let page: Page;
  let head: number;

  beforeAll(async () => {
    head = (await ask<LogEntryPage>(exercise(), '/api/events?limit=1')).asOf;
    page = await visitor().open(`${exercise()}/en/replay`, { webgl: false });
    await slider(page).waitFor();
    await state(page).locator('button[data-figure=fireItems]').waitFor();
  });

  test('steps back from the present, and Back of the browser undoes that', async () => {
    const known = Number(await slider(page).getAttribute('aria-valuenow'));
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    // The exercise goes on: what was the last event when the button was pressed may be later than known.
    const asOf = Number(
      await eventually(
        () => Promise.resolve(inAddress(page, 'asof')),
        (said) => said !== null,
      ),
    );
    expect(asOf).toBeGreaterThanOrEqual(known - 1);
    await shows(page, asOf);
    expect(asOf).toBeLessThan((await ask<LogEntryPage>(exercise(), '/api/events?limit=1')).asOf);
    await page.getByText(/^Viewing the past/).waitFor();
    await page.goBack();
    await page.getByText(/^Viewing the past/).waitFor({ state: 'detached' });
  });

  test('shows the figures, the chart and the lists as they stood, and nothing later', async () => {
    const seq = Math.floor(head * 0.4);
    await goTo(page, `#${seq}`);
    await shows(page, seq);
    const { situation } = await askSituation(exercise(), `window=30d&asOf=${seq}`);
    for (const name of ['fireItems', 'heavyWeapons', 'lateReports', 'correctedReports'] as const)
      expect([name, await figureOf(page, name)]).toEqual([name, situation.figures[name].reports]);
    expect(await page.getByTestId('matching').innerText()).toContain(
      situation.matching.toLocaleString('en-US'),
    );
    await eventually(
      () => colouredPixels(chart(page)),
      (coloured) => coloured > 500,
    );

    const later = await ask<LogEntryPage>(exercise(), `/api/events?after=${seq}&limit=300`);
    const html = await page.content();
    const shown = later.items.filter(
      ({ envelope }) => html.includes(envelope.id) || html.includes(envelope.subject),
    );
    // An observation that was known already may be corrected later: its own id is no later event.
    const traces = shown.filter(({ envelope }) => envelope.type === 'observation.recorded.v1');
    expect(traces.map(({ seq: each }) => each)).toEqual([]);
  });

  test('moves by the keys, one by one and by hundreds', async () => {
    const begin = await shownOf(page);
    await page.keyboard.press('ArrowRight');
    await shows(page, begin + 1);
    await page.keyboard.press('Shift+ArrowLeft');
    await shows(page, begin - 99);
    await page.keyboard.press('Home');
    await shows(page, 0);
    await eventually(
      () => Promise.resolve(inAddress(page, 'asof')),
      (asOf) => asOf === '0',
    );
  });

  test('is dragged, and the last place of the hand is what is shown', async () => {
    const before = await chart(page).screenshot();
    const box = await slider(page).locator('xpath=..').boundingBox();
    if (box === null) throw new Error('there is no line');
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * 0.2, y);
    await page.mouse.down();
    for (let step = 1; step <= 40; step += 1)
      await page.mouse.move(box.x + box.width * (0.2 + step * 0.01), y);
    await page.mouse.up();
    const wanted = await whereTheHandRests(page, 0);
    expect(wanted).toBeGreaterThan(head * 0.4);
    expect(wanted).toBeLessThan(head * 0.8);
    await eventually(
      () => differentPixels(chart(page), before),
      (different) => different > 200,
    );
    const { situation } = await askSituation(exercise(), `window=30d&asOf=${wanted}`);
    expect(await figureOf(page, 'fireItems')).toBe(situation.figures.fireItems.reports);
  });

  test('plays on from there, and stands still when it is paused', async () => {
    const begin = await shownOf(page);
    await page.getByRole('button', { name: '1 d/s' }).click();
    await page.keyboard.press('.');
    await eventually(
      () => shownOf(page),
      (shown) => shown > begin + 20,
    );
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    const wanted = await whereTheHandRests(page, begin);
    const { situation } = await askSituation(exercise(), `window=30d&asOf=${wanted}`);
    expect(await figureOf(page, 'fireItems')).toBe(situation.figures.fireItems.reports);
  });

  test('goes to an observation and to a time, and says what it cannot read', async () => {
    await goTo(page, 'no. 5');
    const first = await ask<{ versions: readonly { eventSeq: number }[] }>(
      exercise(),
      '/api/observations/5',
    );
    await shows(page, first.versions[0]?.eventSeq ?? -1);
    const { items } = await ask<LogEntryPage>(exercise(), '/api/events?limit=1&before=900');
    const time = items[0]?.envelope.time ?? '';
    const then = await ask<LogEntryPage>(exercise(), `/api/events?limit=1&asOf=${time}`);
    await goTo(page, time);
    await shows(page, then.asOf);
    await goTo(page, 'yesterday');
    await page.getByText(/^Give an event number/).waitFor();
    await page.keyboard.press('Escape');
  });

  test('tells what differs from the pinned moment, as the api does', async () => {
    const [from, to] = [Math.floor(head * 0.5), Math.floor(head * 0.7)];
    await goTo(page, `${from}`);
    await shows(page, from);
    await page.keyboard.press('a');
    await page.getByRole('button', { name: /^A: event/ }).waitFor();
    await goTo(page, `${to}`);
    await shows(page, to);
    await page.keyboard.press('d');
    const told = page.getByRole('region', { name: 'What differs' });
    await told.locator('li[data-change]').first().waitFor();
    const answer = await ask<DifferenceAnswer>(
      exercise(),
      `/api/diff?from=${from}&to=${to}&window=30d`,
    );
    const all =
      answer.totals.added +
      answer.totals.corrected +
      answer.totals.retracted +
      answer.totals.reinstated;
    await told.getByRole('button', { name: `All ${all}`, exact: true }).waitFor();
    const { then, now } = answer.situation;
    await eventually(
      () => told.locator('tr[data-figure=matching]').innerText(),
      (row) => [then, now].every(({ matching }) => row.includes(matching.toString())),
    );
    await told.getByRole('button', { name: /^Corrected/ }).click();
    await told.locator('li[data-change=corrected] del').first().waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      told.getByRole('link', { name: 'Export these observations as NDJSON' }).click(),
    ]);
    const lines = (await text(await file.createReadStream())).trimEnd().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual({
      export: 'end',
      rows: answer.totals.corrected,
    });
    expect([inAddress(page, 'pin'), inAddress(page, 'view')]).toEqual([`${from}`, 'difference']);
  });

  describe('for whoever cannot see or point well', () => {
    test('has nothing that axe objects to', async () => {
      expect(await objections(page)).toEqual([]);
      await page.keyboard.press('d');
      await state(page).locator('button[data-figure=fireItems]').waitFor();
      expect(await objections(page)).toEqual([]);
    });

    test('has nothing either in light', async () => {
      await dressed(page, 'light');
      expect(await objections(page, { rules: COLOURS })).toEqual([]);
    });
  });

  test('Esc returns to the present', async () => {
    await page.keyboard.press('Escape');
    await page.getByText(/^Viewing the past/).waitFor({ state: 'detached' });
    await eventually(
      () => Promise.resolve(inAddress(page, 'asof')),
      (asOf) => asOf === null,
    );
  });

  test('says of an event that is not there that it is not, and shows nothing as if it were', async () => {
    const before = visitor().faults.length;
    const unknown = head + 1_000_000;
    await page.goto(`${exercise()}/en/replay?asof=${unknown}`);
    const said = page.getByRole('heading', { name: 'is not in this log' });
    await said.waitFor();
    for (const real of [slider(page), state(page), page.locator('ol button')])
      expect(await real.count()).toBe(0);
    await page.getByRole('button', { name: 'Go to the last event' }).click();
    await said.waitFor({ state: 'detached' });
    const there = Number(inAddress(page, 'asof'));
    expect([there >= head, there < unknown]).toEqual([true, true]);
    await shows(page, there);
    // What was asked of that event was refused, as it should be.
    visitor().faults.splice(before);
  });

  test('nothing went wrong on the way', () => {
    expect(visitor().faults).toEqual([]);
  });
});

async function goTo(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Go to' }).fill(text);
  await page.keyboard.press('Enter');
}

/**
 * A page that draws may hear of the last move of the hand after the hand has let go; what is shown and the
 * address follow it.
 *
 * @param left where the hand was before
 */
async function whereTheHandRests(page: Page, left: number): Promise<number> {
  const [hand] = await eventually(
    async () => {
      const before = await slider(page).getAttribute('aria-valuenow');
      await page.waitForTimeout(300);
      const now = await slider(page).getAttribute('aria-valuenow');
      return [before, now, `${await shownOf(page)}`, inAddress(page, 'asof')];
    },
    (places) => new Set(places).size === 1 && !places.includes(`${left}`),
  );
  return Number(hand);
}
