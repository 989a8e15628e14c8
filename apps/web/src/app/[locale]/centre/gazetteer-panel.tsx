'use client';

import type { CentreAnswer } from '@ceasewatch/api/contract/centre';
import { foldText } from '@ceasewatch/domain/centre/fold-text';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { gridOf, latLonOf } from './grid-position.ts';
import { Panel } from './panel.tsx';
import { ParallelNames } from './parallel-names.tsx';
import { ScrollTable } from './scroll-table.tsx';
import styles from './centre.module.css';

type Place = CentreAnswer['places'][number];

/** Every place under every name; whichever spelling is typed finds it. */
export function GazetteerPanel({ centre }: { readonly centre: CentreAnswer }) {
  const words = useTranslations();
  const t = useTranslations('centre.gazetteer');
  const [sought, setSought] = useState('');
  const places = centre.places.filter((place) => isSpelt(place, sought));
  return (
    <Panel
      area="gazetteer"
      title={t('title')}
      term="gazetteer"
      note={t('note', { n: centre.places.length })}
    >
      {centre.places.length === 0 ? (
        <p className={styles.absent}>{t('none')}</p>
      ) : (
        <>
          <input
            type="search"
            className={`no-print ${styles.find}`}
            placeholder={t('search')}
            aria-label={t('search')}
            value={sought}
            onChange={(event) => setSought(event.currentTarget.value)}
          />
          {places.length === 0 && <p className={styles.absent}>{t('noMatch')}</p>}
          <ScrollTable label={t('title')}>
            <thead>
              <tr>
                <th scope="col">{t('name')}</th>
                <th scope="col">{t('aliases')}</th>
                <th scope="col">{t('position')}</th>
              </tr>
            </thead>
            <tbody>
              {places.map((place) => (
                <tr key={`${place.lat} ${place.lon} ${Object.values(place.name).join(' ')}`}>
                  <th scope="row">
                    <ParallelNames names={place.name} />
                  </th>
                  <td>{place.aliases.join(', ')}</td>
                  <td className={styles.position}>
                    {gridOf(place)}
                    <small>{latLonOf(place, words)}</small>
                  </td>
                </tr>
              ))}
            </tbody>
          </ScrollTable>
        </>
      )}
    </Panel>
  );
}

function isSpelt({ name, aliases }: Place, sought: string): boolean {
  const text = foldText(sought);
  return (
    text === '' ||
    [...Object.values(name), ...aliases].some((each) => foldText(each).includes(text))
  );
}
