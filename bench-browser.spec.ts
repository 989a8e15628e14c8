import process from 'node:process';
import { expect, it } from '@jest/globals';
import { launchedBrowser } from './bench/browser.ts';
import { shortForm } from './bench/short-form.ts';

/** Of the rows that open a page one, in its shortest form: the browser tests do what the others measure. */
const why = await whyNoBrowser();
if (why !== undefined) process.stdout.write(`SKIPPED, because ${why}: a row that opens a page\n`);

(why === undefined ? it : it.skip)('the row dashboard-at-50 measures its first contender', () => {
  expect(shortForm('dashboard-at-50', 10, {}, 1)).toEqual([expect.any(Number)]);
});

/** Undefined where one can be launched. */
async function whyNoBrowser(): Promise<string | undefined> {
  try {
    await (await launchedBrowser()).close();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.split('\n', 1).join('') : String(error);
  }
}
