'use client';

import { Icon } from '../../../glyphs/icon.tsx';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { hindsightAddress } from '../../../filter/hindsight-address.ts';
import { whole } from '../../../format/numbers.ts';
import { memo } from 'react';
import type { Moment } from '../../../filter/moment.ts';
import type { LastLook } from './last-look.ts';
import type { ReplayAddress, ReplayMove } from './replay-address.ts';
import type { Hands } from './use-hands.ts';
import styles from './strip.module.css';

/** The moment that others are held against, and whether the state is shown or what differs. */
export const PinBar = memo(function PinBar({
  hands,
  empty,
  drawn,
  address: { pinned, comparing },
  lastLook,
  onMove,
}: {
  readonly hands: Hands;
  /** There is no event to pin. */
  readonly empty: boolean;
  readonly drawn: Moment;
  readonly address: ReplayAddress;
  readonly lastLook: LastLook | null;
  readonly onMove: (move: ReplayMove) => void;
}) {
  const t = useTranslations('replay');
  return (
    <div className={`${styles.pin} no-print`}>
      {pinned === null ? (
        <button type="button" className={styles.plain} disabled={empty} onClick={hands.pin}>
          <Icon name="pin" size={0.875} />
          {t('pin.set')}
        </button>
      ) : (
        <span className={styles.pinned}>
          <button type="button" title={t('pin.go')} onClick={() => hands.jump(pinned)}>
            {t('pin.at', { seq: whole(pinned) })}
          </button>
          <button
            type="button"
            aria-label={t('pin.clear')}
            title={t('pin.clear')}
            onClick={() => onMove({ pinned: null })}
          >
            <Icon name="x" size={0.875} />
          </button>
        </span>
      )}
      <button
        type="button"
        className={styles.plain}
        disabled={lastLook === null}
        title={
          lastLook === null
            ? t('pin.never')
            : t('pin.lookedLastHelp', { seq: whole(lastLook.seq), age: lastLook.age })
        }
        onClick={() => lastLook !== null && onMove({ pinned: lastLook.seq, comparing: true })}
      >
        {t('pin.lookedLast')}
      </button>
      <div role="group" aria-label={t('view.label')} className={styles.choice}>
        <button
          type="button"
          aria-pressed={!comparing}
          onClick={() => onMove({ comparing: false })}
        >
          {t('view.state')}
        </button>
        <button
          type="button"
          aria-pressed={comparing}
          onClick={() => !comparing && hands.compare()}
        >
          {t('view.difference')}
        </button>
      </div>
      <Hindsight drawn={drawn} />
    </div>
  );
});

/** The same moment on both axes: what was known then, against what is known now of the time before it. */
function Hindsight({ drawn: { asOf, until } }: { readonly drawn: Moment }) {
  const t = useTranslations('hindsight');
  const locale = useLocale();
  const moment = until === null ? (asOf === null ? null : { event: asOf }) : { until };
  return (
    <Link
      className={styles.plain}
      href={hindsightAddress(locale, new URLSearchParams(useSearchParams()), moment)}
      prefetch={false}
    >
      {t('link')}
    </Link>
  );
}
