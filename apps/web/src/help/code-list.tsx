'use client';

import { useTranslations } from 'next-intl';
import styles from './help.module.css';

const CODES = [
  'kind',
  'count',
  'bearing',
  'range',
  'place',
  'time',
  'plusMinus',
  'means',
  'confidence',
  'detail',
  'narrative',
] as const;

/** The codes of the report form's first line. */
export function CodeList() {
  const t = useTranslations('help');
  return (
    <section aria-labelledby="help-codes">
      <h3 className={styles.heading} id="help-codes">
        {t('codes')}
      </h3>
      <p className={styles.note}>{t('codesIntro')}</p>
      <ul className={styles.codes}>
        {CODES.map((code) => (
          <li key={code}>{t(`code.${code}`)}</li>
        ))}
      </ul>
    </section>
  );
}
