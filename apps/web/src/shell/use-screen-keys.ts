'use client';

import { useLocale } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useKey } from './keys.ts';
import { SCREENS, type ScreenName } from './screens.ts';

/** `n` and `g …`: from every screen to every other. */
export function useScreenKeys(): void {
  const go = useGo();
  useKey('n', () => go('report'));
  useKey(`g ${keyOf('situation')}`, () => go('situation'));
  useKey(`g ${keyOf('observations')}`, () => go('observations'));
  useKey(`g ${keyOf('report')}`, () => go('report'));
  useKey(`g ${keyOf('log')}`, () => go('log'));
  useKey(`g ${keyOf('centre')}`, () => go('centre'));
}

function useGo(): (screen: ScreenName) => void {
  const router = useRouter();
  const locale = useLocale();
  return (screen) =>
    router.push(`/${locale}${SCREENS.find((each) => each.name === screen)?.path ?? ''}`);
}

function keyOf(screen: ScreenName): string {
  return SCREENS.find((each) => each.name === screen)?.key ?? '';
}
