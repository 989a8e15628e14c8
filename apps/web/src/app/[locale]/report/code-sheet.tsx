'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode } from 'react';
import { CodeList } from '../../../help/code-list.tsx';
import { EXPLOSION_CODES, KIND_CODES, MEANS_CODES, WEAPON_CODES } from './kind-codes.ts';
import styles from './code-sheet.module.css';

/** Every code of the first line beside what it means, to be read while one types. */
export function CodeSheet({ id }: { readonly id: string }) {
  const t = useTranslations();
  return (
    <section id={id} className={styles.sheet} aria-label={t('help.codes')}>
      <Codes title={t('report.codes.kind')}>
        {KIND_CODES.map(({ code, kind, weapon }) => (
          <Code key={code} code={code}>
            {t(`words.kind.${kind}`)}
            {weapon === undefined ? '' : `, ${t(`words.weapon.${weapon}`)}`}
          </Code>
        ))}
      </Codes>
      <Codes title={t('report.codes.means')}>
        {Object.entries(MEANS_CODES).map(([code, means]) => (
          <Code key={code} code={code}>
            {t(`words.means.${means}`)}
          </Code>
        ))}
      </Codes>
      <Codes title={t('report.codes.explosion')}>
        {Object.entries(EXPLOSION_CODES).map(([code, explosion]) => (
          <Code key={code} code={code}>
            {t(`words.explosion.${explosion}`)}
          </Code>
        ))}
      </Codes>
      <Codes title={t('report.codes.weapon')}>
        {Object.entries(WEAPON_CODES).map(([code, weapon]) => (
          <Code key={code} code={code}>
            {t(`words.weapon.${weapon}`)}
          </Code>
        ))}
      </Codes>
      <CodeList />
    </section>
  );
}

function Codes({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div>
      <h3>{title}</h3>
      <dl className={styles.codes}>{children}</dl>
    </div>
  );
}

function Code({ code, children }: { readonly code: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{code}</dt>
      <dd>{children}</dd>
    </div>
  );
}
