'use client';

import { Button } from '@mantine/core';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { dtg } from '../../../format/instants.ts';
import { roughAge } from '../../../format/quantities.ts';
import type { LiveView } from '../../../live/live-feed.ts';
import { useLiveValue } from '../../../live/use-live.ts';
import type { ReportView } from './use-report.ts';
import styles from './report.module.css';

const CLOCK_OFF_MS = 60_000;

/**
 * What an officer must know beside the fields: the device's clock is off, the browser keeps nothing, a
 * text was brought back, the node does not answer, the node said no.
 */
export function Notices({
  report,
  elsewhere,
  zone,
}: {
  readonly report: ReportView;
  /** What is wrong without a field of the form. */
  readonly elsewhere: readonly string[];
  readonly zone: string;
}) {
  const t = useTranslations();
  const clockOffsetMs = useLiveValue(knownOffsetOf);
  const { phase, refused, lookAt, unkept, restoredFrom } = report;
  const locale = useLocale();
  const off = Math.abs(clockOffsetMs) > CLOCK_OFF_MS;
  return (
    <div className={styles.notices}>
      {off && (
        <p role="status" data-testid="clock-off">
          {t(clockOffsetMs > 0 ? 'report.clockBehind' : 'report.clockAhead', {
            by: roughAge(Math.abs(clockOffsetMs), t),
          })}
        </p>
      )}
      {unkept && <p role="status">{t('report.unkept')}</p>}
      {restoredFrom !== null && (
        <p role="status" data-testid="restored">
          {t('report.restored', { begun: dtg(restoredFrom, zone) })}
        </p>
      )}
      {refused !== null && (
        <p role="alert" data-alarm>
          {[t(`problem.${refused.code}`), ...elsewhere].join(' ')}{' '}
          {lookAt !== null && (
            <Link href={`/${locale}/observation?id=${lookAt}`} prefetch={false} target="_blank">
              {t('report.lookAtIt')}
            </Link>
          )}
        </p>
      )}
      {refused === null && report.tried && elsewhere.length > 0 && (
        <p role="alert" data-alarm>
          {elsewhere.join(' ')}
        </p>
      )}
      {phase.at === 'sending' && (
        <p role="status" data-testid="sending">
          {phase.problem === null
            ? t('report.sending')
            : t('report.sendingAgain', {
                why: t(`problem.${phase.problem.code}`),
                n: phase.attempt,
              })}{' '}
          {phase.problem !== null && (
            <Button variant="default" size="compact-sm" onClick={report.again}>
              {t('report.tryNow')}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}

/** Nothing is said of a clock before a heartbeat has told the centre's. */
const knownOffsetOf = ({ heartbeatAt, clockOffsetMs }: LiveView): number =>
  heartbeatAt === null ? 0 : clockOffsetMs;
