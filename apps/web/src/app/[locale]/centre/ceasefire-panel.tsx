'use client';

import type { CeasefireView } from '@ceasewatch/api/contract/centre';
import { PARTY_ROLES } from '@ceasewatch/domain/ceasefire/ceasefire.events';
import { useTranslations } from 'next-intl';
import { toTheMinute } from '../../../format/date-time.ts';
import { millis } from '../../../format/instants.ts';
import { longDuration } from '../../../format/quantities.ts';
import { useMinute } from '../../../live/use-now.ts';
import { Panel } from './panel.tsx';
import { ParallelNames } from './parallel-names.tsx';
import { SourceList } from './source-list.tsx';
import styles from './centre.module.css';

/** What was agreed: parties as equals in the order of the text, three instants, sources. */
export function CeasefirePanel({ ceasefire }: { readonly ceasefire: CeasefireView | null }) {
  const t = useTranslations('centre.ceasefire');
  if (ceasefire === null) {
    return (
      <Panel area="ceasefire" title={t('title')}>
        <p className={styles.absent}>{t('none')}</p>
      </Panel>
    );
  }
  const { zone, signedAt, inForceAt, publishedAt, endedAt } = ceasefire;
  const told = (instant: string | null) =>
    instant === null ? (
      <span className={styles.absent}>{t('notTold')}</span>
    ) : (
      toTheMinute(instant, zone)
    );
  return (
    <Panel area="ceasefire" title={t('title')} term="in_force">
      <h3 className={styles.contingent}>
        <ParallelNames names={ceasefire.name} />
      </h3>
      <p className={styles.lead}>
        <Duration from={inForceAt} to={endedAt} />
      </p>
      <dl className={styles.facts}>
        <div>
          <dt>{t('signed')}</dt>
          <dd>{told(signedAt)}</dd>
        </div>
        <div>
          <dt>{t('inForce')}</dt>
          <dd>{told(inForceAt)}</dd>
        </div>
        <div>
          <dt>{t('published')}</dt>
          <dd>{told(publishedAt)}</dd>
        </div>
        <div>
          <dt>{t('ended')}</dt>
          <dd>{endedAt === null ? t('running') : told(endedAt)}</dd>
        </div>
        <div>
          <dt>{t('zone')}</dt>
          <dd>{zone}</dd>
        </div>
      </dl>
      <h3>
        {t('parties')} <span className={styles.note}>{t('partiesNote')}</span>
      </h3>
      <ol className={styles.parties}>
        {ceasefire.parties.map((party) => (
          <li key={party.party}>
            <span>
              <ParallelNames names={party.name} />
            </span>
            <span className={styles.note}>{rolesOf(party.roles, t)}</span>
          </li>
        ))}
      </ol>
      <SourceList sources={ceasefire.sources} />
    </Panel>
  );
}

function Duration({ from, to }: { readonly from: string; readonly to: string | null }) {
  const words = useTranslations();
  const minute = useMinute();
  if (to !== null) {
    return words('centre.ceasefire.lasted', {
      duration: longDuration(millis(to) - millis(from), words),
    });
  }
  // The exported page has no clock; the first minute in the browser brings it.
  return minute === 0
    ? null
    : words('centre.ceasefire.duration', { duration: longDuration(minute - millis(from), words) });
}

function rolesOf(
  roles: readonly string[],
  t: ReturnType<typeof useTranslations<'centre.ceasefire'>>,
): string {
  return PARTY_ROLES.filter((role) => roles.includes(role))
    .map((role) => t(`role.${role}`))
    .join(', ');
}
