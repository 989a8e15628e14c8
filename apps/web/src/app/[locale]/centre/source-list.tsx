'use client';

import type { CentreSource } from '@ceasewatch/api/contract/centre';
import { useTranslations } from 'next-intl';
import styles from './centre.module.css';

/** What a public fact can be checked against. */
export function SourceList({ sources }: { readonly sources: readonly CentreSource[] }) {
  const t = useTranslations('centre.sources');
  return (
    <>
      <h3>{t('title')}</h3>
      {sources.length === 0 ? (
        <p className={styles.absent}>{t('none')}</p>
      ) : (
        <ul className={styles.sources}>
          {sources.map(({ title, date }) => (
            <li key={`${title} ${date ?? ''}`}>
              {date === null ? title : t('dated', { title, date })}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
