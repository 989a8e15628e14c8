import type { Page } from 'playwright-core';

/** What `watch` has put there. */
declare const ceasewatchKeys: number[];

/**
 * How long a page's keys wait: milliseconds from each to the frame after the one that drew, by the page's
 * own clock. The function tells them and begins anew.
 */
export async function watchedKeys(page: Page): Promise<() => Promise<readonly number[]>> {
  await page.evaluate(watch);
  return () => page.evaluate(taken);
}

/** In the page, as the next. */
function watch(): void {
  const waits: number[] = [];
  Object.assign(globalThis, { ceasewatchKeys: waits });
  const heard = ({ timeStamp }: { readonly timeStamp: number }) => {
    // A task that was asked for in a frame comes when that frame has been painted.
    requestAnimationFrame(() => setTimeout(() => waits.push(performance.now() - timeStamp)));
  };
  addEventListener('keydown', heard, { capture: true });
}

function taken(): readonly number[] {
  return ceasewatchKeys.splice(0);
}
