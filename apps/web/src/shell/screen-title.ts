import type { Metadata } from 'next';
import { catalogueOf } from '../locales.ts';
import type { ScreenName } from './screens.ts';

export interface PageAddress {
  readonly params: Promise<{ readonly locale: string }>;
}

/**
 * The title a page is exported with, in the language of its address; the browser adds EXERCISE and
 * counters once it knows them.
 */
export function titled(screen: ScreenName): (page: PageAddress) => Promise<Metadata> {
  return async ({ params }) => {
    const { product, shell } = catalogueOf((await params).locale);
    return { title: product.title.replace('{screen}', shell[screen]) };
  };
}
