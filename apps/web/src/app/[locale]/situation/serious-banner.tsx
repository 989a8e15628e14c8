'use client';

import { Button } from '@mantine/core';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import type { Change } from '@ceasewatch/domain/situation/observation-row';
import { useAddress } from '../../../filter/use-address.ts';
import { wholeSentence } from '../../../format/sentence.ts';
import type { Words } from '../../../format/words.ts';
import { useChanges } from '../../../live/use-live.ts';
import { settings } from '../../../settings/settings.ts';
import { chime } from '../../../shell/chime.ts';
import { useCentre } from '../../../shell/use-centre.ts';
import { isFirstSighting } from './first-sighting.ts';
import { seriousAtOnce, type SeriousEvent, weaponTold } from './serious-event.ts';
import own from './notices.module.css';

/** Stays until somebody says that they have seen it; the tab counts, and a sound is there for who wants it. */
export function SeriousBanner() {
  const t = useTranslations();
  const locale = useLocale();
  const { names } = useCentre();
  const { asOf } = useAddress();
  const [events, setEvents] = useState<readonly SeriousEvent[]>([]);
  const raise = (event: SeriousEvent) => {
    setEvents((known) => [event, ...known]);
    if (settings().sound) chime();
  };
  useChanges((changes) => {
    for (const change of changes) judge(change, raise);
  });
  useTabCounter(events.length, t);
  const [latest, ...more] = events;
  if (latest === undefined || asOf !== null) return null;
  return (
    <section className={own.serious} role="alert" aria-label={t('situation.serious.label')}>
      <b>{reasonWords(latest, t)}</b>
      <span className={own.sentence}>{wholeSentence(latest.row, t, names)}</span>
      {more.length > 0 && (
        <span className={own.more}>{t('situation.serious.more', { n: more.length })}</span>
      )}
      <span className={own.actions}>
        <Link
          className={own.link}
          href={`/${locale}/observation?id=${latest.row.id}`}
          prefetch={false}
        >
          {t('situation.serious.open', { n: latest.row.number })}
        </Link>
        <Button size="compact-sm" variant="default" onClick={() => setEvents(more)}>
          {t('situation.serious.seen')}
        </Button>
      </span>
    </section>
  );
}

function judge(change: Change, raise: (event: SeriousEvent) => void): void {
  const serious = seriousAtOnce(change);
  if (serious !== null) raise(serious);
  const weapon = weaponTold(change);
  const row = change.after;
  if (weapon === null || row === null) return;
  isFirstSighting(weapon, row).then(
    (first) => {
      if (first) raise({ reason: 'firstWeapon', weapon, row });
    },
    // Whether it was the first could not be asked: then nothing is claimed.
    () => undefined,
  );
}

function reasonWords(event: SeriousEvent, t: Words): string {
  if (event.reason !== 'firstWeapon') return t(`situation.serious.${event.reason}`);
  return t('situation.serious.firstWeapon', { weapon: t(`words.weapon.${event.weapon}`) });
}

const COUNTER = /^\(\d+\) /;

function useTabCounter(n: number, t: Words): void {
  useEffect(() => {
    const title = document.title.replace(COUNTER, '');
    document.title = n === 0 ? title : t('situation.tab', { n, title });
    return () => {
      document.title = document.title.replace(COUNTER, '');
    };
  }, [n, t]);
}
