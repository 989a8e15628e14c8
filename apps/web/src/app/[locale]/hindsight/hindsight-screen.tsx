'use client';

import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { FilterBar } from '../../../filter/filter-bar.tsx';
import { useAddress } from '../../../filter/use-address.ts';
import { useCentre } from '../../../shell/use-centre.ts';
import { PageBlank } from '../../../shell/page-blank.tsx';
import { PanelFailure } from '../situation/panel-failure.tsx';
import { DelayPanel } from './delay-panel.tsx';
import { hindsightAddressOf, replayAddress } from './hindsight-links.ts';
import { KnownChart } from './known-chart.tsx';
import { MomentPick } from './moment-pick.tsx';
import { NothingKnown } from './nothing-known.tsx';
import { TwoAnswers } from './two-answers.tsx';
import { useEventMoment } from './use-event-moment.ts';
import { useHindsight } from './use-hindsight.ts';
import { ZonePick } from './zone-pick.tsx';
import styles from './hindsight.module.css';

/**
 * The two questions of a dispute, side by side: what was known at a moment, and what is known now to have
 * happened until then. The same for every hour or day before it, and how late reports come.
 */
export function HindsightScreen() {
  const t = useTranslations('hindsight');
  const locale = useLocale();
  const text = useSearchParams().toString();
  const own = useMemo(() => hindsightAddressOf(new URLSearchParams(text)), [text]);
  const address = useAddress();
  const centre = useCentre();
  const zone = own.zone ?? centre.zone;
  const finding = useEventMoment(own.event);
  const { answer, loading, error, retry } = useHindsight(own.zone);
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1>{t('title')}</h1>
        <span className={`${styles.tools} no-print`}>
          <Link href={replayAddress(locale, address)} prefetch={false}>
            {t('back')}
          </Link>
          <button type="button" onClick={() => window.print()}>
            {t('print')}
          </button>
        </span>
      </header>
      <div>
        <FilterBar windows matching={null} total={null} />
        <div className={`${styles.asked} no-print`}>
          <MomentPick zone={zone} finding={finding} />
          <ZonePick zone={zone} ofCentre={centre.zone} />
        </div>
        {error !== null && <PanelFailure error={error} onRetry={retry} />}
      </div>
      {loading && <PageBlank label={t('loading')} />}
      {answer !== null && (
        <>
          <TwoAnswers bucket={answer.whole} now={answer.asOf} zone={zone} />
          {answer.whole.then + answer.whole.now === 0 ? (
            <NothingKnown whole={answer.whole} zone={zone} />
          ) : (
            <div className={styles.columns}>
              <KnownChart answer={answer} zone={zone} picked={own.picked} />
              <DelayPanel answer={answer} />
            </div>
          )}
        </>
      )}
    </div>
  );
}
