'use client';

import { Modal } from '@mantine/core';
import { useMessages, useTranslations } from 'next-intl';
import { useSettings } from '../settings/settings.ts';
import styles from './help-dialog.module.css';

const KEYS = [
  ['N', 'report'],
  ['/', 'search'],
  ['g s', 'situation'],
  ['g o', 'observations'],
  ['g r', 'goReport'],
  ['g l', 'log'],
  ['g c', 'centre'],
  ['t', 'asOf'],
  ['Space', 'pause'],
  ['?', 'help'],
  ['Esc', 'escape'],
] as const;

const CODES = ['kind', 'count', 'bearing', 'range', 'time', 'means', 'confidence'] as const;

/** `?`: every key, every code of the quick line, and what the words mean. */
export function HelpDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const t = useTranslations('help');
  return (
    <Modal opened={opened} onClose={onClose} title={t('title')} size="60rem">
      <div className={styles.columns}>
        <Keys />
        <section>
          <h3 className={styles.heading}>{t('codes')}</h3>
          <p className={styles.note}>{t('codesIntro')}</p>
          <ul className={styles.note}>
            {CODES.map((code) => (
              <li key={code}>{t(`code.${code}`)}</li>
            ))}
          </ul>
        </section>
        <Dictionary />
      </div>
    </Modal>
  );
}

function Keys() {
  const t = useTranslations('help');
  const { keys } = useSettings();
  return (
    <section>
      <h3 className={styles.heading}>{t('keys')}</h3>
      {!keys && <p className={styles.note}>{t('keysOff')}</p>}
      <dl className={styles.list}>
        {KEYS.map(([key, does]) => (
          <KeyRow key={key} name={key} does={t(`key.${does}`)} />
        ))}
      </dl>
    </section>
  );
}

function KeyRow({ name, does }: { readonly name: string; readonly does: string }) {
  return (
    <>
      <dt>
        <kbd>{name}</kbd>
      </dt>
      <dd>{does}</dd>
    </>
  );
}

function Dictionary() {
  const t = useTranslations('help');
  const { help } = useMessages();
  return (
    <section className={styles.wide}>
      <h3 className={styles.heading}>{t('dictionary')}</h3>
      <dl className={styles.terms}>
        {Object.entries(help.term).map(([term, meaning]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
