import en from '../messages/en.json';

/** The languages that have a complete catalogue. Each stands under its own path: `/en/…`. */
export const LOCALES = ['en'] as const;
export type Locale = (typeof LOCALES)[number];

export function isLocale(text: string): text is Locale {
  return (LOCALES as readonly string[]).includes(text);
}

export const CATALOGUES: Readonly<Record<Locale, typeof en>> = { en };
