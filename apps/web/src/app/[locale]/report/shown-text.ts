import type { Disclosed } from '@ceasewatch/domain/recorded-event';

/** The text, if it may be shown; what is withheld or erased cannot be corrected, only left out. */
export function shownIn(disclosed: Disclosed | null): string | undefined {
  return disclosed?.state === 'shown' ? disclosed.value : undefined;
}
