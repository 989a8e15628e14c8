import type { Receipt } from '@ceasewatch/api/contract/observation';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Page, Response, Route } from 'playwright-core';
import { ask, askList, submit } from './testing/api.ts';
import { eventually } from './testing/eventually.ts';
import { OwnNode } from './testing/own-node.ts';
import { countedOf, feedRows, pillOf, settled } from './testing/situation.ts';
import { describeInBrowser } from './testing/visitor.ts';

jest.setTimeout(240_000);

/** The node is killed as a power cut would kill it; open pages and typed words outlive it. */
const LINE = 'bur ~12 b084 d3.2k heard c3 three bursts from the wood';

describeInBrowser('a node that is killed', (visitor) => {
  const node = new OwnNode();
  let watching: Page;
  let missed: readonly Receipt[];

  beforeAll(async () => {
    await node.start();
    for (let n = 0; n < 3; n += 1) await submit(node.address);
    watching = await visitor().open(`${node.address}/en/situation?window=all`, { webgl: false });
    await settled(watching);
    await eventually(
      () => countedOf(watching),
      ({ total }) => total === 3,
    );
    await watching.evaluate(() => Object.assign(window, { neverReloaded: true }));
  });
  afterAll(() => node.end());

  test('leaves the picture where it was, and the pill says that it is no longer live', async () => {
    await node.kill();
    await watching.getByRole('button', { name: /^Connection:\s*(Offline|Stale)/ }).waitFor();
    expect(await countedOf(watching)).toEqual({ matching: 3, total: 3 });
    expect(await feedRows(watching).count()).toBe(3);
    expect(await watching.locator('button[data-figure=fireItems]').innerText()).toMatch(/\b3\b/);
  });

  test('is found again by the page itself, with every report that came meanwhile', async () => {
    await node.start();
    missed = [await submit(node.address), await submit(node.address)];
    await eventually(
      () => countedOf(watching),
      ({ total }) => total === 5,
    );
    await watching.getByRole('button', { name: /^Connection:\s*Live/ }).waitFor();
    for (const { id } of missed) await watching.locator(`li[data-id="${id}"]`).waitFor();
    expect(await feedRows(watching).count()).toBe(5);
    expect(await pillOf(watching).innerText()).toContain('Live');
    expect(await watching.evaluate(() => 'neverReloaded' in window)).toBe(true);
  });

  test('does not take what was typed: it is there after a reload, and sent once the node is back', async () => {
    const form = await visitor().open(`${node.address}/en/report`, { webgl: false });
    const line = form.getByRole('textbox', { name: 'Quick entry' });
    await line.fill(LINE);
    await form.reload();
    await eventually(
      () => line.inputValue(),
      (text) => text === LINE,
    );

    await node.kill();
    const asked: string[] = [];
    form.on('request', (request) => {
      if (request.method() === 'POST') asked.push(idIn(request.postData()));
    });
    await readBackAndSend(form);
    await form.getByText('Sending again under the same id', { exact: false }).waitFor();
    const [receipt] = await Promise.all([receiptOf(form), node.start()]);
    expect(new Set(asked).size).toBe(1);
    expect(asked.length).toBeGreaterThan(1);
    await expectOnce(receipt);
  });

  test('may answer in vain: the report goes out again under its id and is there once', async () => {
    const form = await visitor().open(`${node.address}/en/report`, { webgl: false });
    await form.getByRole('textbox', { name: 'Quick entry' }).fill(LINE);
    // It is recorded, and the answer is lost on the way.
    const lost = async (route: Route) => {
      await route.fetch();
      await route.abort('connectionreset');
    };
    await form.route('**/api/observations', lost, { times: 1 });
    await readBackAndSend(form);
    await form.getByRole('heading', { name: 'Recorded already', exact: false }).waitFor();
    const { items, matching } = await askList(node.address, 'limit=10');
    expect(matching).toBe(7);
    expect(new Set(items.map(({ id }) => id)).size).toBe(7);
  });

  test('may be away for a reload of the form: what had no answer goes out by itself', async () => {
    const form = await visitor().open(`${node.address}/en/report`, { webgl: false });
    await form.getByRole('textbox', { name: 'Quick entry' }).fill(LINE);
    await form.route('**/api/observations', (route) => route.abort('connectionrefused'));
    await readBackAndSend(form);
    await form.getByText('Sending again under the same id', { exact: false }).waitFor();
    // Still without an answer when it comes back, so that what goes out then is the draft's own doing.
    await form.reload();
    const answered = form.waitForResponse(isReceipt);
    await form.unroute('**/api/observations');
    const receipt: Receipt = await (await answered).json();
    await form.getByRole('heading', { name: 'Recorded', exact: true }).waitFor();
    await expectOnce(receipt);
  });

  test('has lost nothing and has nothing twice, as the page and the log agree', async () => {
    await eventually(
      () => countedOf(watching),
      ({ total }) => total === 8,
    );
    const { items } = await ask<{ items: readonly { envelope: { type: string } }[] }>(
      node.address,
      '/api/events?noun=observation&limit=100',
    );
    expect(items.length).toBe(8);
  });

  async function expectOnce({ id, number }: Receipt): Promise<void> {
    const { items } = await askList(node.address, 'limit=100');
    expect(items.filter((row) => row.id === id).map((row) => row.number)).toEqual([number]);
  }
});

async function readBackAndSend(form: Page): Promise<void> {
  await form.keyboard.press('Control+Enter');
  const dialog = form.getByRole('dialog', { name: 'Read back' });
  // Nobody presses Enter before he sees where it goes.
  await dialog.locator('[data-testid="send"]:focus').waitFor();
  await form.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
}

function isReceipt(response: Response): boolean {
  return (
    response.request().method() === 'POST' &&
    response.url().endsWith('/api/observations') &&
    response.ok()
  );
}

/** What the node answers from now on, once the form shows that it has it. */
async function receiptOf(form: Page): Promise<Receipt> {
  const response = await form.waitForResponse(isReceipt, { timeout: 120_000 });
  const receipt: Receipt = await response.json();
  await form.getByText(`No. ${receipt.number}`).first().waitFor();
  return receipt;
}

function idIn(body: string | null): string {
  const { id }: { id: string } = JSON.parse(body ?? '{}');
  return id;
}
