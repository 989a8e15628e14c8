'use client';

import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { whole } from '../../../format/numbers.ts';
import type { LiveView } from '../../../live/live-feed.ts';
import { useLiveValue } from '../../../live/use-live.ts';
import { AskedInVain } from '../../../shell/asked-in-vain.tsx';
import type { Place } from './log-address.ts';
import type { LogPage } from './log-page.ts';
import { ReadsPanel } from './reads-panel.tsx';
import { UnreadableRecords } from './unreadable-records.tsx';
import { VerifyPanel } from './verify-panel.tsx';
import styles from './log.module.css';

/** Everything that a log can say instead of, or above, its events: loading, empty, not yet, failed. */
export function LogNotice(props: {
  readonly page: LogPage | undefined;
  readonly error: Error | null;
  readonly selected: number | null;
  readonly last: number;
  readonly asOf: number | null;
  readonly filtered: boolean;
  readonly onRetry: () => void;
  readonly onTurn: (to: Place | null) => void;
  readonly onClear: () => void;
}) {
  const { page, error } = props;
  return (
    <>
      <Damaged />
      <UnreadableRecords />
      <VerifyPanel />
      <ReadsPanel />
      {error !== null && <Failed error={error} kept={page !== undefined} onRetry={props.onRetry} />}
      {page !== undefined && <NoSuchEvent {...props} />}
      {page === undefined && error === null && <Loading />}
      {page !== undefined && page.items.length === 0 && <Empty {...props} page={page} />}
      {page !== undefined && page.items.length > 0 && page.unfinished && (
        <Unfinished {...props} page={page} />
      )}
    </>
  );
}

/** The first event that is not as it was written; null where that is not known, undefined for a whole log. */
const damagedFromOf = ({ store, damagedFrom }: LiveView): number | null | undefined =>
  store === 'damaged' ? damagedFrom : undefined;

function Damaged() {
  const t = useTranslations('log');
  const damagedFrom = useLiveValue(damagedFromOf);
  if (damagedFrom === undefined) return null;
  return (
    <div role="alert" className={styles.failed}>
      {damagedFrom === null ? t('damagedSomewhere') : t('damaged', { seq: whole(damagedFrom) })}
    </div>
  );
}

function Failed({
  error,
  kept,
  onRetry,
}: {
  readonly error: Error;
  readonly kept: boolean;
  readonly onRetry: () => void;
}) {
  const t = useTranslations();
  return (
    <div role="alert" className={styles.failed}>
      <strong>{t('log.error.title')}</strong> {kept && t('log.error.kept')}{' '}
      <AskedInVain error={error} onTry={onRetry} />
    </div>
  );
}

function NoSuchEvent({
  selected,
  asOf,
  last,
}: {
  readonly selected: number | null;
  readonly asOf: number | null;
  readonly last: number;
}) {
  const t = useTranslations('log');
  if (selected === null || selected <= last) return null;
  return (
    <p className={styles.notice} role="status">
      {asOf === null
        ? t('noSuch', { seq: whole(selected), head: whole(last) })
        : t('notYet', { seq: whole(selected), asOf: whole(asOf) })}
    </p>
  );
}

/** As tall as a full page, so that nothing jumps when it comes. */
function Loading() {
  const t = useTranslations('log');
  return (
    <div className={styles.loading} role="status" aria-label={t('loading')}>
      {Array.from({ length: 14 }, (_, row) => (
        <span key={row} />
      ))}
    </div>
  );
}

function Empty({
  page,
  filtered,
  onTurn,
  onClear,
}: {
  readonly page: LogPage;
  readonly filtered: boolean;
  readonly onTurn: (to: Place | null) => void;
  readonly onClear: () => void;
}) {
  const t = useTranslations('log');
  const looked =
    page.looked === null ? null : { from: whole(page.looked.from), to: whole(page.looked.to) };
  return (
    <div className={styles.empty} role="status">
      <strong>{filtered ? t('empty.title') : t('empty.none')}</strong>
      {looked !== null && filtered && (
        <p>{page.unfinished ? t('empty.unfinished', looked) : t('empty.text', looked)}</p>
      )}
      <div className={`no-print ${styles.emptyActions}`}>
        {page.unfinished && (
          <Button variant="default" onClick={() => onTurn(page.older)}>
            {t('empty.goOn')}
          </Button>
        )}
        {filtered && (
          <Button variant="default" onClick={onClear}>
            {t('empty.clear')}
          </Button>
        )}
      </div>
    </div>
  );
}

function Unfinished({
  page,
  onTurn,
}: {
  readonly page: LogPage;
  readonly onTurn: (to: Place | null) => void;
}) {
  const t = useTranslations('log');
  if (page.looked === null || page.older === null) return null;
  return (
    <p className={styles.notice} role="status">
      {t('empty.text', { from: whole(page.looked.from), to: whole(page.looked.to) })}{' '}
      <button
        type="button"
        className={`no-print ${styles.clear}`}
        onClick={() => onTurn(page.older)}
      >
        {t('empty.goOn')}
      </button>
    </p>
  );
}
