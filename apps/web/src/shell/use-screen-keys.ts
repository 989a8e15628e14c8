'use client';

import { useLocale } from 'next-intl';
import { useRouter } from 'next/navigation';
import { screenAddress } from '../filter/list-address.ts';
import { useAddress } from '../filter/use-address.ts';
import { holdKeys } from './held-keys.ts';
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
  useKey(`g ${keyOf('replay')}`, () => go('replay'));
  useKey(`g ${keyOf('centre')}`, () => go('centre'));
}

function useGo(): (screen: ScreenName) => void {
  const router = useRouter();
  const locale = useLocale();
  const { asOf, until } = useAddress();
  return (name) => {
    const screen = SCREENS.find((each) => each.name === name);
    if (screen === undefined) return;
    if (name === 'report' && !window.location.pathname.endsWith(screen.path)) holdKeys();
    router.push(screenAddress(locale, screen, { asOf, until }));
  };
}

function keyOf(screen: ScreenName): string {
  return SCREENS.find((each) => each.name === screen)?.key ?? '';
}
