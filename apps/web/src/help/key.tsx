'use client';

import { useTranslations } from 'next-intl';
import type messages from '../../messages/en.json';

export type KeyName = keyof (typeof messages)['help']['keyName'];

/** A key as it is written on the keyboard, beside what it does; the button says the same in words. */
export function Key({ name }: { readonly name: KeyName }) {
  const t = useTranslations('help.keyName');
  return <kbd aria-hidden>{t(name)}</kbd>;
}
