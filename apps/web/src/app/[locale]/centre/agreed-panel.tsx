'use client';

import type { CentreAnswer } from '@ceasewatch/api/contract/centre';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useAddress } from '../../../filter/use-address.ts';
import { toTheMinute } from '../../../format/date-time.ts';
import { whole } from '../../../format/numbers.ts';
import { eventPath } from '../log/event-path.ts';
import { Panel } from './panel.tsx';
import styles from './centre.module.css';

/** What the charts mark with a line or a band, each with the event that says so. */
export function AgreedPanel({ centre }: { readonly centre: CentreAnswer }) {
  const t = useTranslations('centre.annotations');
  const locale = useLocale();
  const address = useAddress();
  return (
    <Panel area="agreed" title={t('title')} term="annotation">
      {centre.annotations.length === 0 ? (
        <p className={styles.absent}>{t('none')}</p>
      ) : (
        <ol className={styles.agreed}>
          {centre.annotations.map(({ seq, at, to, label }) => {
            const from = toTheMinute(at, centre.zone);
            return (
              <li key={`${seq} ${at}`}>
                <strong>{label}</strong>
                <Link href={eventPath(locale, seq, address)} prefetch={false}>
                  {t('event', { seq: whole(seq) })}
                </Link>
                <span>
                  {to === null ? from : t('until', { from, to: toTheMinute(to, centre.zone) })}
                </span>
              </li>
            );
          })}
        </ol>
      )}
    </Panel>
  );
}
