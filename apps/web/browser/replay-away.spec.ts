import type { LogEntryPage } from '@ceasewatch/api/contract/log';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ask } from './testing/api.ts';
import { eventually } from './testing/eventually.ts';
import { OwnNode } from './testing/own-node.ts';
import { describeInBrowser } from './testing/visitor.ts';

jest.setTimeout(240_000);

describeInBrowser('a replay whose node is killed', (visitor) => {
  const node = new OwnNode(['--seed', 'away']);
  let page: Page;
  const shown = async () => Number(await page.getByTestId('state').getAttribute('data-seq'));
  const waiting = () => page.getByText('Play goes on when it is back', { exact: false });
  const numberIn = async (text: RegExp) =>
    (await page.getByText(text).first().innerText()).replaceAll(/[^\d]/g, '');

  beforeAll(async () => {
    await node.start();
    const { asOf } = await ask<LogEntryPage>(node.address, '/api/events?limit=1');
    const begin = Math.floor(asOf * 0.4);
    page = await visitor().open(`${node.address}/en/replay?asof=${begin}`, { webgl: false });
    await eventually(shown, (seq) => seq === begin);
  });
  afterAll(() => node.end());

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
      async () => [
        await page.getByRole('slider', { name: 'Moment' }).getAttribute('aria-valuenow'),
        await numberIn(unread),
        new URL(page.url()).searchParams.get('asof'),
        await numberIn(/^Viewing the past/),
      ],
      (each) => new Set(each).size === 1,
    );
    await node.start();
    await page.getByText(unread).waitFor({ state: 'detached' });
    await eventually(shown, (seq) => seq === Number(places[0]));
  });
});
