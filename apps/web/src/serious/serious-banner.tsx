'use client';

import { Button } from '@mantine/core';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { observationAddress } from '../filter/list-address.ts';
import { LIVE } from '../filter/moment.ts';
import { useAddress } from '../filter/use-address.ts';
import { wholeSentence } from '../format/sentence.ts';
import type { Words } from '../format/words.ts';
import { useCentre } from '../shell/use-centre.ts';
import type { SeriousEvent } from './serious-event.ts';
import { countOf, type UnseenEvents } from './unseen-events.ts';
import styles from './serious-banner.module.css';

/** Stays, on every screen of the present, until somebody says that they have seen it. */
export function SeriousBanner({
  unseen,
  onSeen,
}: {
  readonly unseen: UnseenEvents;
  readonly onSeen: () => void;
}) {
  const t = useTranslations();
  const locale = useLocale();
  const { names } = useCentre();
  const { asOf } = useAddress();
  const [latest] = unseen.events;
  if (latest === undefined || asOf !== null) return null;
  const more = countOf(unseen) - 1;
  return (
    <section className={styles.serious} role="alert" aria-label={t('situation.serious.label')}>
      <b>{reasonWords(latest, t)}</b>
      <span className={styles.sentence}>{wholeSentence(latest.row, t, names)}</span>
      {more > 0 && <span className={styles.more}>{t('situation.serious.more', { n: more })}</span>}
      <span className={styles.actions}>
        <Link
          className={styles.link}
          href={observationAddress(locale, latest.row.id, LIVE)}
          prefetch={false}
        >
          {t('situation.serious.open', { n: latest.row.number })}
        </Link>
        <Button size="compact-sm" variant="default" onClick={onSeen}>
          {t('situation.serious.seen')}
        </Button>
      </span>
    </section>
  );
}

function reasonWords(event: SeriousEvent, t: Words): string {
  if (event.reason !== 'firstWeapon') return t(`situation.serious.${event.reason}`);
  return t('situation.serious.firstWeapon', { weapon: t(`words.weapon.${event.weapon}`) });
}
