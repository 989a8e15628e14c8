'use client';

import { foldText } from '@ceasewatch/domain/centre/fold-text';
import { useMessages, useTranslations } from 'next-intl';
import { useState } from 'react';
import styles from './help.module.css';

/** The words of the product and what they mean, in the catalogue's order, with a field to find one. */
export function Dictionary() {
  const t = useTranslations('help');
  const { help } = useMessages();
  const [sought, setSought] = useState('');
  const terms = Object.entries(help.term).filter(([, term]) => holds(term, sought));
  return (
    <section className={styles.wide} aria-labelledby="help-dictionary">
      <div className={styles.head}>
        <h3 className={styles.heading} id="help-dictionary">
          {t('dictionary')}
        </h3>
        <input
          type="search"
          className={styles.find}
          placeholder={t('find')}
          aria-label={t('find')}
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
        />
      </div>
      {terms.length === 0 && <p className={styles.note}>{t('noTerm')}</p>}
      <dl className={styles.terms}>
        {terms.map(([id, { word, meaning }]) => (
          <div key={id}>
            <dt>{word}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function holds(term: { readonly word: string; readonly meaning: string }, sought: string): boolean {
  const text = foldText(sought);
  return text === '' || foldText(term.word).includes(text) || foldText(term.meaning).includes(text);
}
