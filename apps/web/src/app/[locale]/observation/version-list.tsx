'use client';

import type { ObservationDetail, ObservationVersion } from '@ceasewatch/api/contract/observation';
import { CORRECTION_REASONS } from '@ceasewatch/domain/observation/vocabulary';
import { AUTHENTICATIONS, type Disclosed } from '@ceasewatch/domain/recorded-event';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useAddress } from '../../../filter/use-address.ts';
import { toTheSecond } from '../../../format/date-time.ts';
import { whole } from '../../../format/numbers.ts';
import { ContingentSign } from '../../../glyphs/contingent-sign.tsx';
import { eventPath } from '../log/event-path.ts';
import { changesBetween, type Telling } from './version-diff.ts';
import styles from './observation.module.css';

type Status = 'recorded' | 'corrected' | 'retracted' | 'reinstated' | 'erased';

const STATUS_OF: Readonly<Record<string, Status>> = {
  'observation.recorded.v1': 'recorded',
  'observation.corrected.v1': 'corrected',
  'observation.retracted.v1': 'retracted',
  'observation.reinstated.v1': 'reinstated',
  'disclosure.erased.v1': 'erased',
};

/** Every version, newest first: what changed, on whose authority, when, and why. */
export function VersionList({
  detail,
  telling,
  signOf,
}: {
  readonly detail: ObservationDetail;
  readonly telling: Telling;
  signOf(contingent: string | null): 'square' | 'circle' | null;
}) {
  const t = useTranslations('observation');
  const present = detail.versions.at(-1)?.row.version;
  const versions = detail.versions
    .map((version, at) => ({ version, before: detail.versions[at - 1] }))
    .reverse();
  return (
    <section className={styles.panel} aria-labelledby="versions">
      <h2 id="versions">{t('versions')}</h2>
      <ol className={styles.versions} data-testid="versions">
        {versions.map(({ version, before }) => (
          <li key={version.eventId}>
            <VersionHead
              version={version}
              telling={telling}
              sign={signOf(version.row.contingent)}
            />
            {before !== undefined && <Changes before={before} after={version} telling={telling} />}
            {version.asEntered !== null &&
              version.row.version !== present &&
              version.row.version !== before?.row.version && (
                // What was typed for the present version stands with its facts.
                <p className={styles.explanation}>
                  <span>{t('asEntered')}</span> <Text disclosed={version.asEntered} />
                </p>
              )}
            {version.explanation !== null && (
              <p className={styles.explanation}>
                <span>{t('explanation')}</span> <Text disclosed={version.explanation} />
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function VersionHead({
  version,
  telling: { zone, names },
  sign,
}: {
  readonly version: ObservationVersion;
  readonly telling: Telling;
  readonly sign: 'square' | 'circle' | null;
}) {
  const t = useTranslations();
  const locale = useLocale();
  const address = useAddress();
  const { row, eventSeq, eventType } = version;
  const reason = CORRECTION_REASONS.find((each) => each === row.reason);
  const authn = AUTHENTICATIONS.find((each) => each === row.authn) ?? 'chosen';
  return (
    <header>
      <strong>{t(`observation.status.${STATUS_OF[eventType] ?? 'recorded'}`)}</strong>
      <span>{t('observation.version', { n: row.version })}</span>
      {reason !== undefined && (
        <span>{t('observation.because', { reason: t(`words.reason.${reason}`) })}</span>
      )}
      <span>{toTheSecond(row.versionRecordedAt, zone)}</span>
      <span>
        {sign !== null && <ContingentSign sign={sign} />}{' '}
        {row.officer === null ? t('words.role.system') : names.officer(row.officer)}
        {row.contingent === null ? '' : ` · ${names.contingent(row.contingent)}`} ·{' '}
        {t(`log.authn.${authn}`)}
      </span>
      <Link href={eventPath(locale, eventSeq, address)} prefetch={false}>
        {t('observation.event', { seq: whole(eventSeq) })}
      </Link>
    </header>
  );
}

function Changes({
  before,
  after,
  telling,
}: {
  readonly before: ObservationVersion;
  readonly after: ObservationVersion;
  readonly telling: Telling;
}) {
  const t = useTranslations('observation');
  const changes = changesBetween(before.row, after.row, telling);
  const narrative = textOf(before.narrative) !== textOf(after.narrative);
  if (changes.length === 0 && !narrative) return <p className={styles.dim}>{t('unchanged')}</p>;
  return (
    <dl className={styles.changes}>
      {changes.map(({ field, before: was, after: is }) => (
        <div key={field}>
          <dt>{t(`field.${field}`)}</dt>
          <dd>
            <del>{was === '' ? t('nothing') : was}</del> <ins>{is === '' ? t('nothing') : is}</ins>
          </dd>
        </div>
      ))}
      {narrative && (
        <div>
          <dt>{t('field.narrative')}</dt>
          <dd>
            <del>
              <Text disclosed={before.narrative} />
            </del>{' '}
            <ins>
              <Text disclosed={after.narrative} />
            </ins>
          </dd>
        </div>
      )}
    </dl>
  );
}

/** Shown, withheld, erased and never there are four things, and each says which it is. */
export function Text({ disclosed }: { readonly disclosed: Disclosed | null }) {
  const t = useTranslations('observation');
  if (disclosed === null) return <span className={styles.dim}>{t('nothing')}</span>;
  if (disclosed.state === 'shown') return <span className={styles.said}>{disclosed.value}</span>;
  return <em className={styles.dim}>{t(`disclosed.${disclosed.state}`)}</em>;
}

function textOf(disclosed: Disclosed | null): string {
  if (disclosed === null) return '';
  return disclosed.state === 'shown' ? disclosed.value : disclosed.state;
}
