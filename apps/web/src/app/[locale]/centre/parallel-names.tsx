'use client';

import { useLocale } from 'next-intl';
import { nameIn } from '../../../shell/use-centre.ts';
import styles from './centre.module.css';

/** A name in the reader's language, then every other that the centre gave, each marked with its own. */
export function ParallelNames({ names }: { readonly names: Readonly<Record<string, string>> }) {
  const locale = useLocale();
  const first = nameIn(names, locale);
  const others = Object.entries(names).filter(([, name]) => name !== first);
  return (
    <>
      {first}
      {others.map(([language, name]) => (
        <span key={language} className={styles.other}>
          <abbr>{language}</abbr> <span lang={language}>{name}</span>
        </span>
      ))}
    </>
  );
}
