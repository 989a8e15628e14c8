import type { useTranslations } from 'next-intl';

/** The message catalogue as formatters take it: every key from the root, checked by the compiler. */
export type Words = ReturnType<typeof useTranslations<never>>;

/** What ids are called: units and areas of the centre, in the reader's language. */
export interface Names {
  unit(id: string): string;
  area(id: string): string;
  contingent(code: string): string;
  officer(id: string): string;
}

/** Before the centre is known an id stands for itself, shortened. */
export const NO_NAMES: Names = {
  unit: shortId,
  area: shortId,
  contingent: (code) => code,
  officer: shortId,
};

export function shortId(id: string): string {
  return id.slice(-8);
}
