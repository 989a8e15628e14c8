import { CATALOGUES } from '../locales.ts';
import type { ScreenName } from './screens.ts';

/** The title a page is exported with; the browser adds EXERCISE and counters once it knows them. */
export function screenTitle(screen: ScreenName): string {
  const { product, shell } = CATALOGUES.en;
  return product.title.replace('{screen}', shell[screen]);
}
