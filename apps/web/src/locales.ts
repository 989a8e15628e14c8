import en from '../messages/en.json' with { type: 'json' };

/** The languages that have a complete catalogue. Each stands under its own path: `/en/…`. */
export const LOCALES = ['en'] as const;
export type Locale = (typeof LOCALES)[number];

/** Spoken where an address names no language. */
export const DEFAULT_LOCALE: Locale = 'en';

export function isLocale(text: string): text is Locale {
  return (LOCALES as readonly string[]).includes(text);
}

export const CATALOGUES: Readonly<Record<Locale, typeof en>> = { en };

/** The texts of the language that an address names. */
export function catalogueOf(locale: string): typeof en {
  return CATALOGUES[isLocale(locale) ? locale : DEFAULT_LOCALE];
}
