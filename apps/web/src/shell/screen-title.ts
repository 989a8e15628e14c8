import type { Metadata } from 'next';
import { createTranslator } from 'next-intl';
import { catalogueOf, DEFAULT_LOCALE } from '../locales.ts';
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
    const { locale } = await params;
    return { title: tabTitle(catalogueOf(locale).shell[screen]) };
  };
}

/** `Situation · Ceasewatch`: the same in every language, and put together as its catalogue says. */
export function tabTitle(screen: string): string {
  const messages = catalogueOf(DEFAULT_LOCALE);
  return createTranslator({ locale: DEFAULT_LOCALE, messages })('product.title', { screen });
}
