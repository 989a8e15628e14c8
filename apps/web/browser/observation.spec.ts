import type { ObservationDetail, Receipt } from '@ceasewatch/api/contract/observation';
import { beforeAll, expect, jest, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { ask, submit } from './testing/api.ts';
import { eventually } from './testing/eventually.ts';
import { inOneBreath } from './testing/in-one-breath.ts';
import { describeInBrowser, exercise } from './testing/visitor.ts';

jest.setTimeout(240_000);

const TYPED = 'bur ~12 heard';

describeInBrowser('an observation', (visitor) => {
  let page: Page;
  let receipt: Receipt;

  beforeAll(async () => {
    receipt = await submit(exercise(), {
      narrative: 'Three bursts, then silence.',
      asEntered: TYPED,
    });
    page = await visitor().open(`${exercise()}/en/observation?id=${receipt.id}`, { webgl: false });
    await page.getByRole('heading', { name: `No. ${receipt.number}`, exact: true }).waitFor();
  });

  test('tells what was reported', async () => {
    const text = await page.getByRole('main').innerText();
    expect(text).toMatch(/about 12 bursts/i);
    expect(text).toContain('Three bursts, then silence.');
    expect(text).toContain(TYPED);
    expect(await versions(page).count()).toBe(1);
  });

  test('is corrected with a reason, and both versions stand with what changed between them', async () => {
    await page.getByRole('link', { name: 'Correct', exact: true }).click();
    await page.waitForURL('**/en/report?corrects=**');
    await page
      .getByRole('heading', { name: `Correction of no. ${receipt.number}`, exact: false })
      .waitFor();
    await page.getByLabel('Count', { exact: true }).fill('14');
    await page.keyboard.press('Control+Enter');
    const readBack = page.getByRole('dialog');
    await readBack.waitFor();
    expect(await readBack.innerText()).toMatch(/about 14 bursts/i);
    const reason = readBack.getByLabel('Reason of the correction');
    await eventually(() => isFocused(reason), Boolean);
    expect(await reason.inputValue()).toBe('');
    await readBack.getByLabel('Explanation, in words').fill('Counted again from the tape.');
    await page.keyboard.press('Control+Enter');
    await readBack.getByText('Choose a reason: it goes into the log.').waitFor();
    await eventually(() => isFocused(reason), Boolean);
    expect((await detail()).versions.length).toBe(1);
    await inOneBreath(page, 'count');
    await eventually(
      () => reason.inputValue(),
      (chosen) => chosen === 'count_refined',
    );
    await page.keyboard.press('Control+Enter');
    const { versions: told } = await eventually(detail, ({ versions: all }) => all.length === 2);
    expect(told.map(({ asEntered }) => asEntered)).toEqual([
      { state: 'shown', value: TYPED },
      null,
    ]);

    await page.goto(`${exercise()}/en/observation?id=${receipt.id}`);
    await eventually(
      () => versions(page).count(),
      (count) => count === 2,
    );
    const newest = await versions(page).first().innerText();
    expect(newest).toContain('Corrected');
    expect(newest).toContain('count refined');
    expect(newest).toContain('Counted again from the tape.');
    expect(newest).not.toContain(TYPED);
    expect(await versions(page).last().innerText()).toContain(TYPED);
    await page.getByText('nothing typed for this version').waitFor();
    expect(await versions(page).first().locator('del').first().innerText()).toMatch(/12/);
    expect(await versions(page).first().locator('ins').first().innerText()).toMatch(/14/);
  });

  test('is retracted, stays readable, and is reinstated', async () => {
    await page.getByRole('button', { name: 'Retract', exact: true }).click();
    const retracting = page.getByRole('dialog', { name: `Retract no. ${receipt.number}` });
    const reason = retracting.getByLabel('Reason', { exact: true });
    expect(await reason.inputValue()).toBe('');
    await retracting.getByRole('button', { name: 'Retract', exact: true }).click();
    await retracting.getByText('Choose a reason: it goes into the log.').waitFor();
    await eventually(() => isFocused(reason), Boolean);
    expect((await detail()).versions.length).toBe(2);
    await inOneBreath(page, 'mis');
    await eventually(
      () => reason.inputValue(),
      (chosen) => chosen === 'misidentification',
    );
    await retracting.getByRole('button', { name: 'Retract', exact: true }).click();
    await page.getByText('RETRACTED', { exact: true }).waitFor();
    await eventually(
      () => versions(page).count(),
      (count) => count === 3,
    );
    expect(await page.getByRole('main').innerText()).toMatch(/about 14 bursts/i);

    await page.getByRole('button', { name: 'Reinstate', exact: true }).click();
    const reinstating = page.getByRole('dialog', { name: `Reinstate no. ${receipt.number}` });
    await reinstating.getByRole('button', { name: 'Reinstate', exact: true }).click();
    await page.getByText('RETRACTED', { exact: true }).waitFor({ state: 'detached' });
    await eventually(
      () => versions(page).count(),
      (count) => count === 4,
    );
    expect(await versions(page).first().innerText()).toContain('Reinstated');
  });

  test('can be asked as it stood after its first event', async () => {
    const past = await visitor().open(
      `${exercise()}/en/observation?id=${receipt.id}&asof=${receipt.seq}`,
    );
    await past.getByRole('heading', { name: `No. ${receipt.number}`, exact: true }).waitFor();
    expect(await versions(past).count()).toBe(1);
    expect(await past.getByRole('link', { name: 'Correct', exact: true }).count()).toBe(0);
    await visitor().close(past);
  });

  test('has its events in the log, and their bytes match their hashes', async () => {
    await page.getByRole('link', { name: 'In the log' }).click();
    const events = page
      .getByRole('list', { name: 'Events of the log, newest first' })
      .locator(':scope > li');
    await eventually(
      () => events.count(),
      (count) => count === 4,
    );
    const words = await events.allInnerTexts();
    for (const [at, word] of ['reinstated', 'retracted', 'corrected', 'recorded'].entries()) {
      expect(words[at]?.toLowerCase()).toContain(word);
    }
    const corrected = events.nth(2);
    await corrected.getByRole('button').first().click();
    await corrected.getByRole('button', { name: 'Check in this browser' }).click();
    await corrected.getByText('The bytes match the hash').waitFor();
    const verdicts = corrected.locator('[data-verdict]');
    await eventually(
      () => verdicts.evaluateAll((all) => all.map((each) => each.getAttribute('data-verdict'))),
      (told) => told.join() === 'ok,ok,ok',
    );
  });

  test('that does not exist is said not to', async () => {
    const before = visitor().faults.length;
    await page.goto(`${exercise()}/en/observation?id=99999999`);
    await page.getByText('There is no observation 99999999 in this log.').waitFor();
    await page.getByRole('link', { name: 'All observations' }).click();
    await page.waitForURL(/\/en\/observations/);
    visitor().faults.splice(before);
  });

  test('and all of it without a fault', () => {
    expect(visitor().faults).toEqual([]);
  });

  function detail(): Promise<ObservationDetail> {
    return ask(exercise(), `/api/observations/${receipt.id}`);
  }
});

function isFocused(field: Locator): Promise<boolean> {
  return field.evaluate((element) => element === document.activeElement);
}

/** Newest first. */
function versions(page: Page): Locator {
  return page.getByRole('region', { name: 'Versions, newest first' }).locator('ol > li');
}
