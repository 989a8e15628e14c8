import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { submit } from './testing/api.ts';
import { eventually } from './testing/eventually.ts';
import { OwnNode } from './testing/own-node.ts';
import { feedOf, feedRows, settled } from './testing/situation.ts';
import { describeInBrowser } from './testing/visitor.ts';

jest.setTimeout(240_000);

/** What a browser was made to play. */
interface Heard {
  readonly heard: { readonly tones: number[]; context: AudioContext | undefined };
}

/** Its own node: a casualty of the exercise would be heard as well, and this one's seen by others. */
describeInBrowser('what asks for attention', (visitor) => {
  const node = new OwnNode();
  let page: Page;

  beforeAll(async () => {
    await node.start();
    await submit(node.address);
  });
  beforeEach(async () => {
    page = await visitor().window(node.address, { webgl: false });
    await page.addInitScript(listenToTones);
    await page.goto(`${node.address}/en/situation?window=all`);
    await settled(page);
    await page.getByRole('button', { name: 'Settings and help' }).click();
  });
  afterEach(() => visitor().close(page));
  afterAll(() => node.end());

  test('the test of the sound starts two tones in a context that runs', async () => {
    expect(await tones(page)).toEqual([]);
    await page.getByRole('button', { name: 'Test the sound' }).click();
    await eventually(
      () => tones(page),
      (played) => played.length >= 2,
    );
    expect(await tones(page)).toEqual([880, 660]);
    await eventually(
      () => page.evaluate(() => (window as Window & Partial<Heard>).heard?.context?.state),
      (state) => state === 'running',
    );
    await page.getByText('Sound works in this tab.').waitFor();
  });

  test('a casualty is heard when the sound is on, and not when it is off', async () => {
    const wounded = { casualties: [{ outcome: 'injured', person: 'military', count: ONE }] };
    await submit(node.address, wounded);
    await page.getByText('Casualty reported').first().waitFor();
    expect(await tones(page)).toEqual([]);
    await page.getByRole('switch', { name: 'Sound on a serious event' }).click();
    await page.keyboard.press('Escape');
    await submit(node.address, wounded);
    await eventually(
      () => tones(page),
      (played) => played.length === 2,
    );
  });

  test('the feed shows what waits only when it is asked, if that was chosen', async () => {
    await page
      .getByLabel('The feed shows new reports')
      .selectOption({ label: 'when I ask for them' });
    await page.keyboard.press('Escape');
    await page.mouse.move(5, 5);
    const first = await feedRows(page).first().getAttribute('data-id');
    const { id } = await submit(node.address);
    const waiting = feedOf(page).getByRole('button', { name: /^\d+ waiting$/ });
    await waiting.waitFor();
    expect(await feedRows(page).first().getAttribute('data-id')).toBe(first);
    await waiting.click();
    await page.locator(`li[data-id="${id}"]`).waitFor();
  });

  test('keys typed right after N are the beginning of the report', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('main').focus();
    // The form's own code comes late, as over a bad line.
    await page.route('**/*.js', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 700));
      await route.continue();
    });
    // The hand rests where a word is over.
    await page.keyboard.type('nbur 12 b084 d3k heard ');
    const line = page.getByRole('textbox', { name: 'Quick entry' });
    await eventually(
      () => line.inputValue(),
      (text) => text === 'bur 12 b084 d3k heard ',
    );
    await page.keyboard.type('c3');
    expect(await line.inputValue()).toBe('bur 12 b084 d3k heard c3');
    await page.keyboard.press('Control+Enter');
    const readBack = page.getByRole('dialog', { name: 'Read back' });
    await readBack.locator('[data-testid="send"]:focus').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'Recorded', exact: true }).waitFor();
  });
});

const ONE = { value: 1, qualifier: 'exact', unit: 'person' };

function tones(page: Page): Promise<readonly number[]> {
  return page.evaluate(() => (window as Window & Partial<Heard>).heard?.tones ?? []);
}

/** In the page, before its own scripts: every oscillator that is started says its pitch. */
function listenToTones(): void {
  const heard: Heard['heard'] = { tones: [], context: undefined };
  Object.assign(window, { heard });
  const own = Object.getOwnPropertyDescriptor(AudioScheduledSourceNode.prototype, 'start');
  Object.defineProperty(AudioScheduledSourceNode.prototype, 'start', {
    ...own,
    value(this: AudioScheduledSourceNode, ...when: unknown[]): unknown {
      if (this instanceof OscillatorNode) heard.tones.push(this.frequency.value);
      if (this.context instanceof AudioContext) heard.context = this.context;
      return own?.value.call(this, ...when);
    },
  });
}
