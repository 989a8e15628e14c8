'use client';

import type { LogEntry } from '@ceasewatch/api/contract/log';
import { useTranslations } from 'next-intl';
import type { Words } from '../../../format/words.ts';
import styles from './detail.module.css';

const NAMES = ['name', 'narrative', 'asEntered', 'explanation'] as const;

/** What stays out of the bytes: shown, withheld or erased, three states that are never confused. */
export function Disclosures({ entry }: { readonly entry: LogEntry }) {
  const t = useTranslations();
  const all = Object.entries(entry.disclosed);
  const digests = digestsIn(entry.envelope.data);
  if (all.length === 0 && digests === 0)
    return <p className={styles.note}>{t('log.detail.noDisclosures')}</p>;
  return (
    <>
      <dl className={styles.disclosures}>
        {all.map(([name, disclosed]) => (
          <div key={name} className={styles.disclosure} data-state={disclosed.state}>
            <dt>
              {nameWord(name, t)} <b>{t(`log.detail.${disclosed.state}`)}</b>
            </dt>
            <dd>
              {disclosed.state === 'shown' ? (
                <q>{disclosed.value}</q>
              ) : (
                t(`log.detail.${disclosed.state}Text`)
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles.note}>{t('log.detail.digests', { n: digests })}</p>
    </>
  );
}

function nameWord(name: string, words: Words): string {
  const known = NAMES.find((each) => each === name);
  return known === undefined ? name : words(`log.detail.disclosure.${known}`);
}

function digestsIn(data: LogEntry['envelope']['data']): number {
  const digests = data['_sd'];
  return Array.isArray(digests) ? digests.length : 0;
}
