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
    await says(one, FIRST);
    await says(other, SECOND);
  });

  test('bring the text of a window that is gone back in the next that opens, and in no other', async () => {
    await one.close();
    // A window that is gone lets go of what it held in a moment; the browser says when.
    await eventually(
      () => draftsHeld(other),
      (held) => held === 1,
    );
    await other.reload();
    await says(other, SECOND);
    one = await other.context().newPage();
    await one.goto(`${node.address}/en/report`);
    await says(one, FIRST);
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
    await eventually(
      () => one.evaluate(() => Object.keys(localStorage).join()),
      (kept) => !kept.includes('draft'),
    );
  });
});

function lineOf(form: Page) {
  return form.getByRole('textbox', { name: 'Quick entry' });
}

function says(form: Page, text: string) {
  return eventually(
    () => lineOf(form).inputValue(),
    (line) => line === text,
  );
}

function draftsHeld(form: Page): Promise<number> {
  return form.evaluate(async () => {
    const { held = [] } = await navigator.locks.query();
    return held.filter(({ name }) => name?.startsWith('ceasewatch.draft.')).length;
  });
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
