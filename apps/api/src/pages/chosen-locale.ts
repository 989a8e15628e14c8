/** The cookie that the screens set when a reader chooses a language. */
const LOCALE_COOKIE = /(?:^|;\s*)(?:NEXT_LOCALE|locale)=([a-z]{2})(?:;|$)/;

/** The language of `/`: what was chosen before, else what the browser asks for, else the first. */
export function chosenLocale(
  locales: readonly string[],
  cookie: string | undefined,
  acceptLanguage: string | undefined,
): string {
  const chosen = LOCALE_COOKIE.exec(cookie ?? '')?.[1];
  if (chosen !== undefined && locales.includes(chosen)) return chosen;
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((range) => {
      const [tag = '', quality] = range.trim().split(/\s*;\s*q=/);
      return { language: tag.toLowerCase().split('-')[0] ?? '', quality: Number(quality ?? 1) };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((one, other) => other.quality - one.quality);
  const found = wanted.find(({ language }) => locales.includes(language))?.language;
  return found ?? (locales.includes('en') ? 'en' : (locales[0] ?? 'en'));
}
