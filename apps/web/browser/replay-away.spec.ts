import type { LogEntryPage } from '@ceasewatch/api/contract/log';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ask } from './testing/api.ts';
import { eventually } from './testing/eventually.ts';
import { OwnNode } from './testing/own-node.ts';
import { describeInBrowser } from './testing/visitor.ts';

jest.setTimeout(240_000);

describeInBrowser('a replay whose node does not answer', (visitor) => {
  const node = new OwnNode(['--seed', 'away']);
  let page: Page;
  const shown = async () => Number(await page.getByTestId('state').getAttribute('data-seq'));
  const waiting = () => page.getByText('Play goes on when it is back', { exact: false });
  const numberIn = async (text: RegExp) =>
    (await page.getByText(text).first().innerText()).replaceAll(/[^\d]/g, '');
  /** Where the hand is, the address and the bar above. */
  const named = async () => [
    await page.getByRole('slider', { name: 'Moment' }).getAttribute('aria-valuenow'),
    new URL(page.url()).searchParams.get('asof'),
    await numberIn(/^Viewing the past/),
  ];

  beforeAll(async () => {
    await node.start();
    const { asOf } = await ask<LogEntryPage>(node.address, '/api/events?limit=1');
    const begin = Math.floor(asOf * 0.4);
    page = await visitor().open(`${node.address}/en/replay?asof=${begin}`, { webgl: false });
    await eventually(shown, (seq) => seq === begin);
  });
  afterAll(async () => {
    node.thaw();
    await node.end();
  });

  test('waits for it while it plays, and goes on from there', async () => {
    const begin = await shown();
    await page.getByRole('button', { name: '1 d/s' }).click();
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await eventually(shown, (seq) => seq > begin + 5);
    await node.kill();
    await waiting().waitFor();
    const stood = await shown();
    expect(stood).toBeGreaterThan(begin);
    await node.start();
    await waiting().waitFor({ state: 'detached' });
    await eventually(shown, (seq) => seq > stood + 5);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
  });

  test('names one moment everywhere, and has it by itself when the node is back', async () => {
    await node.kill();
    for (let leap = 0; leap < 3; leap += 1) await page.keyboard.press('Shift+ArrowLeft');
    const unread = /^The situation as of event [\d,]+ could not be loaded/;
    await page.getByText(unread).waitFor();
    const places = await eventually(
      async () => [await numberIn(unread), ...(await named())],
      (each) => new Set(each).size === 1,
    );
    await node.start();
    await page.getByText(unread).waitFor({ state: 'detached' });
    await eventually(shown, (seq) => seq === Number(places[0]));
  });

  test('names one moment also while the node is there and silent, and says who is', async () => {
    await page.waitForLoadState('networkidle');
    const before = await shown();
    node.freeze();
    for (let leap = 0; leap < 3; leap += 1) await page.keyboard.press('Shift+ArrowLeft');
    // What it shows of that moment is asked for and not here yet.
    const isThere = (each: readonly (string | null)[]) =>
      each.every((place) => Number(place) === before - 300);
    const places = await eventually(named, isThere);
    expect(await page.getByTestId('state').getAttribute('data-seq')).toBeNull();
    // Nobody waits for ever: what was asked is told as what a node that is away was asked.
    await page.getByText(/^The situation as of event [\d,]+ could not be loaded/).waitFor();
    expect(await named()).toEqual(places);
    node.thaw();
    await eventually(shown, (seq) => seq === Number(places[0]));
  });

  test('waits with a play for a node that is silent, and goes on from there', async () => {
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    const begin = await shown();
    await eventually(shown, (seq) => seq > begin + 5);
    node.freeze();
    await waiting().waitFor();
    const stood = await shown();
    node.thaw();
    await waiting().waitFor({ state: 'detached' });
    await eventually(shown, (seq) => seq > stood + 5);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
  });
});
