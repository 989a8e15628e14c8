'use client';

import { useTranslations } from 'next-intl';
import { useSettings } from '../settings/settings.ts';
import styles from './help.module.css';

/** Every key, where it works. */
const GROUPS = [
  {
    name: 'everywhere',
    keys: [
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
    ],
  },
  {
    name: 'log',
    keys: [
      ['j', 'down'],
      ['k', 'up'],
      ['Enter', 'open'],
      ['[', 'older'],
      [']', 'newer'],
      ['#', 'goToEvent'],
    ],
  },
  {
    name: 'report',
    keys: [
      ['Ctrl Enter', 'send'],
      ['Space', 'confirm'],
      ['↑', 'repeat'],
    ],
  },
] as const;

export function KeyList() {
  const t = useTranslations('help');
  const { keys } = useSettings();
  return (
    <section className={styles.double} aria-labelledby="help-keys">
      <h3 className={styles.heading} id="help-keys">
        {t('keys')}
      </h3>
      {!keys && <p className={styles.note}>{t('keysOff')}</p>}
      <div className={styles.groups}>
        {GROUPS.map((group) => (
          <div key={group.name}>
            <h4 className={styles.group}>{t(`keyGroup.${group.name}`)}</h4>
            <dl className={styles.keys}>
              {group.keys.map(([key, does]) => (
                <div key={key} className={styles.pair}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{t(`key.${does}`)}</dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
      </div>
    </section>
  );
}
