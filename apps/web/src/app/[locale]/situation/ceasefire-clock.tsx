'use client';

import type { SituationAnswer } from '@ceasewatch/api/contract/situation';
import { useTranslations } from 'next-intl';
import { dtg, millis } from '../../../format/instants.ts';
import { age, longDuration } from '../../../format/quantities.ts';
import type { Words } from '../../../format/words.ts';
import { usePictureNow } from '../../../live/use-now.ts';
import { useAddress, useAddressedEvent } from '../../../filter/use-address.ts';
import { useCentre } from '../../../shell/use-centre.ts';
import { BlankTile } from './figure-tile.tsx';
import styles from './tile.module.css';

interface ClockProps {
  readonly lastFireItem: SituationAnswer['lastFireItem'];
  /** The end of the situation's windows: the moment that a view of the past stands at; null before it is known. */
  readonly at: string | null;
}

/** How long the ceasefire has been in force, since when, and how long ago the last fire item was. */
export function CeasefireClock({ lastFireItem, at }: ClockProps) {
  const t = useTranslations();
  const { centre, settled } = useCentre();
  const present = usePictureNow();
  const { past, asOf } = useAddress();
  const centreAsOf = useAddressedEvent();
  // Of the past nothing is told before its moment is known: the present's clock is another one.
  const now = !past ? present : at === null ? 0 : millis(at);
  const ceasefire = centre?.ceasefire ?? null;
  // The shell's centre follows a moving moment once a second: one that knows more is not told of.
  const isOfThen = !past || (settled && (centreAsOf ?? Infinity) <= (asOf ?? Infinity));
  if (centre === null || now === 0 || !isOfThen)
    return <BlankTile title={t('situation.clock.title')} />;
  if (ceasefire === null) return <BlankTile title={t('situation.clock.none')} />;
  const until = ceasefire.endedAt === null ? now : millis(ceasefire.endedAt);
  const fire = fireSince(ceasefire.inForceAt, lastFireItem, now, t);
  return (
    <section
      className={styles.tile}
      data-figure="ceasefire"
      aria-label={t('situation.clock.title')}
    >
      <span className={styles.name}>
        {ceasefire.endedAt === null ? t('situation.clock.title') : t('situation.clock.ended')}
      </span>
      <span className={styles.row}>
        <span className={styles.value}>{longDuration(until - millis(ceasefire.inForceAt), t)}</span>
      </span>
      <span className={styles.line}>
        {t('situation.clock.since', { time: dtg(millis(ceasefire.inForceAt), ceasefire.zone) })}
      </span>
      <span className={styles.line}>{at === null ? ' ' : fire}</span>
    </section>
  );
}

/** What is said of the last fire item: one from before the ceasefire tells nothing of it. */
export function fireSince(
  inForceAt: string,
  last: SituationAnswer['lastFireItem'],
  now: number,
  t: Words,
): string {
  if (last === null) return t('situation.clock.noFire');
  if (millis(last.at) < millis(inForceAt)) return t('situation.clock.noFireSince');
  return t('situation.clock.last', { age: age(now - millis(last.at), t) });
}
