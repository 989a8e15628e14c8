'use client';

import { useTranslations } from 'next-intl';
import type { EchoLine } from './echo.ts';
import styles from './report.module.css';

/** What was understood, in the other contingent's convention too; derived values are marked. */
export function EchoPanel({ lines }: { readonly lines: readonly EchoLine[] }) {
  const t = useTranslations('report.echo');
  return (
    <section className={styles.echo} aria-labelledby="echo-title">
      <h2 className={styles.heading} id="echo-title">
        {t('title')}
      </h2>
      {lines.length === 0 ? (
        <p className={styles.hint}>{t('empty')}</p>
      ) : (
        <dl>
          {lines.map(({ about, text, derived }) => (
            <div key={about} data-about={about}>
              <dt>{t(`about.${about}`)}</dt>
              <dd>
                {text} {derived && <span className={styles.derived}>{t('derived')}</span>}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
