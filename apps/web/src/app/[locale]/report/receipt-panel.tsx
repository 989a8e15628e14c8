'use client';

import type { Receipt } from '@ceasewatch/api/contract/observation';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { toTheSecond } from '../../../format/date-time.ts';
import { whole } from '../../../format/numbers.ts';
import { logOf, useLiveValue } from '../../../live/use-live.ts';
import { leafHashOf } from './send-report.ts';
import { warningText } from '../../../format/codes.ts';
import back from './read-back.module.css';
import styles from './report.module.css';

/** What the officer has in hand after sending: the number to say over the radio, and what proves it. */
export function ReceiptPanel({
  receipt,
  replayed,
  said,
  zone,
  onNext,
  onRepeat,
}: {
  readonly receipt: Receipt;
  readonly replayed: boolean;
  /** What was sent, in a sentence; not known after a reload. */
  readonly said: string | null;
  readonly zone: string;
  onNext(): void;
  onRepeat(): void;
}) {
  const t = useTranslations();
  const locale = useLocale();
  const next = useRef<HTMLButtonElement>(null);
  const log = useLiveValue(logOf);
  const { data: leafHash } = useQuery({
    queryKey: ['leaf-hash', log, receipt.seq],
    queryFn: () => leafHashOf(receipt.seq),
  });
  useEffect(() => next.current?.focus(), []);
  return (
    <section
      className={`${styles.panel} ${back.receipt}`}
      aria-labelledby="receipt-title"
      data-testid="receipt"
    >
      <h2 className={styles.heading} id="receipt-title">
        {t(replayed ? 'report.receipt.replayed' : 'report.receipt.title')}
      </h2>
      <p className={back.number}>
        {t('report.receipt.number', { n: receipt.number })}
        <small>
          {t('report.receipt.say', { digits: spoken(receipt.number, t('report.receipt.digits')) })}
        </small>
      </p>
      {said !== null && <p>{said}</p>}
      <dl className={back.facts}>
        <div>
          <dt>{t('report.receipt.seq')}</dt>
          <dd>{whole(receipt.seq)}</dd>
        </div>
        <div>
          <dt>{t('report.receipt.recordedAt')}</dt>
          <dd>{toTheSecond(receipt.recordedAt, zone)}</dd>
        </div>
        <div>
          <dt>{t('report.receipt.leafHash')}</dt>
          <dd className={back.hash}>{leafHash ?? t('report.receipt.hashComes')}</dd>
        </div>
      </dl>
      {receipt.warnings.length > 0 && (
        <ul className={back.noted}>
          {receipt.warnings.map((warning) => (
            <li key={`${warning.code} ${warning.field}`}>{warningText(warning, zone, t)}</li>
          ))}
        </ul>
      )}
      <div className={`${back.actions} no-print`}>
        <Link href={`/${locale}/observation?id=${receipt.id}`} prefetch={false}>
          {t('report.receipt.open')}
        </Link>
        <Button variant="default" onClick={() => window.print()}>
          {t('report.receipt.print')}
        </Button>
        <Button variant="default" onClick={onRepeat}>
          {t('report.repeat')}
        </Button>
        <Button ref={next} onClick={onNext}>
          {t('report.receipt.next')}
        </Button>
      </div>
    </section>
  );
}

/** Digit by digit, as numbers are said over the radio. */
function spoken(number: number, digits: string): string {
  const words = digits.split(' ');
  return Array.from(number.toString(), (digit) => words[Number(digit)] ?? digit).join(' ');
}
