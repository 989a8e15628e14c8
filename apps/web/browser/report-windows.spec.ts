import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Page, Request } from 'playwright-core';
import { askList } from './testing/api.ts';
import { eventually } from './testing/eventually.ts';
import { OwnNode } from './testing/own-node.ts';
import { describeInBrowser } from './testing/visitor.ts';

jest.setTimeout(240_000);

/** Two report forms of one browser, as an officer has them open who begins a report amid another. */
const FIRST = 'bur ~12 b084 d3.2k heard c3 three bursts from the wood';
const SECOND = 'uav 1 b360 d2k seen c2 going north';

describeInBrowser('two report forms of one browser', (visitor) => {
  const node = new OwnNode();
  let one: Page;
  let other: Page;

  beforeAll(async () => {
    await node.start();
    one = await visitor().open(`${node.address}/en/report`, { webgl: false });
    await lineOf(one).fill(FIRST);
    other = await one.context().newPage();
    await other.goto(`${node.address}/en/report`);
    await lineOf(other).fill(SECOND);
  });
  afterAll(() => node.end());

  test('keep each its own text through a reload', async () => {
    await Promise.all([one.reload(), other.reload()]);
    expect(await lineOf(one).inputValue()).toBe(FIRST);
    expect(await lineOf(other).inputValue()).toBe(SECOND);
  });

  test('bring the text of a window that is gone back in the next that opens, and in no other', async () => {
    await one.close();
    await other.reload();
    expect(await lineOf(other).inputValue()).toBe(SECOND);
    one = await other.context().newPage();
    await one.goto(`${node.address}/en/report`);
    expect(await lineOf(one).inputValue()).toBe(FIRST);
    await one.getByTestId('restored').waitFor();
  });

  test('send two reports under two ids', async () => {
    const sent = [idSentBy(one), idSentBy(other)];
    await readBackAndSend(other);
    await readBackAndSend(one);
    const ids = await Promise.all(sent);
    expect(new Set(ids).size).toBe(2);
    const { items } = await eventually(
      () => askList(node.address, 'limit=10'),
      ({ matching }) => matching === 2,
    );
    expect(new Set(items.map(({ id }) => id))).toEqual(new Set(ids));
    expect(await one.evaluate(() => Object.keys(localStorage).join())).not.toContain('draft');
  });
});

function lineOf(form: Page) {
  return form.getByRole('textbox', { name: 'Quick entry' });
}

async function idSentBy(form: Page): Promise<string> {
  const isReport = (request: Request) =>
    request.method() === 'POST' && request.url().endsWith('/api/observations');
  const { id }: { id: string } = JSON.parse(
    (await form.waitForRequest(isReport)).postData() ?? '{}',
  );
  return id;
}

async function readBackAndSend(form: Page): Promise<void> {
  await form.bringToFront();
  await lineOf(form).focus();
  await form.keyboard.press('Control+Enter');
  const dialog = form.getByRole('dialog', { name: 'Read back' });
  // Nobody presses Enter before he sees where it goes.
  await dialog.locator('[data-testid="send"]:focus').waitFor();
  await form.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await form.getByTestId('receipt').waitFor();
}
