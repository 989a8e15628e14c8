import { expect, jest, test } from '@jest/globals';
import { submit } from './testing/api.ts';
import { watchedKeys } from './testing/key-answers.ts';
import { settled } from './testing/situation.ts';
import { describeInBrowser, exercise } from './testing/visitor.ts';

/** The bench of the open situation in short: that a key is answered while reports come, not how fast. */
jest.setTimeout(240_000);

describeInBrowser('an open situation', (visitor) => {
  test('answers a key while reports come', async () => {
    const page = await visitor().open(`${exercise()}/en/situation`, { webgl: false });
    await settled(page);
    const waits = await watchedKeys(page);
    for (let times = 0; times < 4; times += 1) {
      await submit(exercise());
      await page.keyboard.press('Space');
    }
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))),
    );
    const found = await waits();
    expect(found).toHaveLength(4);
    expect(Math.min(...found)).toBeGreaterThan(0);
    expect(await waits()).toEqual([]);
    expect(visitor().faults).toEqual([]);
  });
});
