import type { Page } from 'playwright-core';

/**
 * Keys as a fast hand presses them, none waiting for what the page makes of the one before: where a pause
 * means something else, a machine that pauses must not have made it.
 */
export async function inOneBreath(page: Page, keys: Iterable<string>): Promise<void> {
  await Promise.all([...keys].map((key) => page.keyboard.press(key)));
}
