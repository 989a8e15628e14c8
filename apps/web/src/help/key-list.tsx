'use client';

import { useTranslations } from 'next-intl';
import { useSettings } from '../settings/settings.ts';
import type { KeyName } from './key.tsx';
import styles from './help.module.css';

/** What keys do, by where they work; the catalogue has the key and the deed of each. */
const GROUPS = [
  {
    name: 'everywhere',
    keys: [
      'report',
      'search',
      'situation',
      'observations',
      'goReport',
      'log',
      'goReplay',
      'centre',
      'asOf',
      'pause',
      'help',
      'escape',
    ],
  },
  { name: 'log', keys: ['down', 'up', 'open', 'older', 'newer', 'goToEvent', 'verify'] },
  {
    name: 'replay',
    keys: ['play', 'stepBy', 'hundred', 'ends', 'goToMoment', 'pinMoment', 'compare', 'verify'],
  },
  { name: 'report', keys: ['codes', 'readBack', 'confirm', 'send', 'back', 'repeat'] },
  { name: 'map', keys: ['pan', 'zoom'] },
] as const satisfies readonly { readonly name: string; readonly keys: readonly KeyName[] }[];

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
              {group.keys.map((name) => (
                <div key={name} className={styles.pair}>
                  <dt>
                    <kbd>{t(`keyName.${name}`)}</kbd>
                  </dt>
                  <dd>{t(`key.${name}`)}</dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
      </div>
    </section>
  );
}
