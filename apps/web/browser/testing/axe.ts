import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** Accessibility as far as a machine can see it: WCAG 2.2, levels A and AA. */
export const ALL = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Another theme changes colours and nothing else. */
export const COLOURS = ['color-contrast', 'link-in-text-block'];

interface Looked {
  /** A selector; the whole page unless told. */
  readonly within?: string;
  readonly rules?: readonly string[];
}

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe objects to as the page stands: a line for every rule, with the first places. */
export async function objections(
  page: Page,
  { within = 'html', rules = ALL }: Looked = {},
): Promise<readonly string[]> {
  // A script tag would be refused by the page's own policy; this is the debugger's way in.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
  const { violations } = await page.evaluate(
    async ([only, place]): Promise<AxeResults> => {
      const { axe } = withAxe(window);
      return axe.run(place, { runOnly: [...only], resultTypes: ['violations'] });

      function withAxe(where: Window): Window & { readonly axe: typeof import('axe-core') } {
        if ('axe' in where) return where as Window & { readonly axe: typeof import('axe-core') };
        throw new Error('axe is not in the page');
      }
    },
    [rules, within] as const,
  );
  return violations.map(({ id, nodes }) => {
    const places = nodes.slice(0, 3).map(({ target, any, all, none }) => {
      const why = [...any, ...all, ...none][0]?.message ?? '';
      return `${target.join(' ')} (${why})`;
    });
    return `${id} ×${nodes.length}: ${places.join('; ')}`;
  });
}

export type Theme = 'dark' | 'light';

/** The page wears the theme once it has heard of it and has been drawn with it. */
export async function dressed(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await page.locator(`html[data-mantine-color-scheme=${theme}]`).waitFor();
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );
}
