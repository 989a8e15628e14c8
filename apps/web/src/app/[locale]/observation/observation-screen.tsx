'use client';

import type { CentreAnswer } from '@ceasewatch/api/contract/centre';
import type { ObservationDetail, ObservationVersion } from '@ceasewatch/api/contract/observation';
import { resolvedOf } from '@ceasewatch/domain/measure/resolved';
import { Button } from '@mantine/core';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { ApiProblem } from '../../../api/api-problem.ts';
import { listAddress } from '../../../filter/list-address.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { toTheSecond } from '../../../format/date-time.ts';
import { whole } from '../../../format/numbers.ts';
import { sentenceOf } from '../../../format/sentence.ts';
import type { Names } from '../../../format/words.ts';
import { ContingentSign } from '../../../glyphs/contingent-sign.tsx';
import { KindGlyph } from '../../../glyphs/kind-glyph.tsx';
import { groundOf, extentOfShapes, missionExtent, padded } from '../../../map/map-data.ts';
import { placeShapes } from '../../../map/place-shapes.ts';
import { StaticMap } from '../../../map/static-map.tsx';
import { PageBlank } from '../../../shell/page-blank.tsx';
import { TryNow } from '../../../shell/try-now.tsx';
import { useCentre } from '../../../shell/use-centre.ts';
import { echoOf } from '../report/echo.ts';
import { streamPath } from '../log/event-path.ts';
import { EchoPanel } from '../report/echo-panel.tsx';
import { ObservationActions } from './observation-actions.tsx';
import { fieldText, type Telling, TOLD_FIELDS } from './version-diff.ts';
import { Text, VersionList } from './version-list.tsx';
import { useObservation } from './use-observation.ts';
import styles from './observation.module.css';

/**
 * One observation: what was perceived, when and where as it was told, on whose authority, and every
 * version it has had. Nothing here was ever edited; a correction stands beside what it corrected.
 */
export function ObservationScreen() {
  const t = useTranslations();
  const id = useSearchParams().get('id');
  const { detail, error, retry } = useObservation(id);
  const { centre, names } = useCentre();
  const { asOf } = useAddress();
  if (id === null || id === '') return <Message text={t('observation.noId')} />;
  if (error instanceof ApiProblem && error.code === 'not_found')
    return (
      <Message
        text={
          asOf === null
            ? t('observation.notFound', { id })
            : t('observation.notYet', { id, seq: whole(asOf) })
        }
      />
    );
  if (error !== null && detail === null)
    return <Message text={t('observation.error')} onTry={retry} />;
  if (detail === null || centre === null) return <PageBlank label={t('observation.loading')} />;
  return <Observation detail={detail} centre={centre} names={names} />;
}

/** What is not to be seen, and the way on. */
function Message({ text, onTry }: { readonly text: string; readonly onTry?: () => void }) {
  const t = useTranslations();
  const locale = useLocale();
  const address = useAddress();
  return (
    <div className={styles.message} role="alert">
      <p>{text}</p>
      <p className={styles.ways}>
        {onTry !== undefined && <TryNow onTry={onTry} />}
        {address.past && (
          <Button size="compact-sm" variant="default" onClick={() => address.setAsOf(null)}>
            {t('observation.present')}
          </Button>
        )}
        <Link href={listAddress(locale, {}, address)} prefetch={false}>
          {t('observation.toList')}
        </Link>
      </p>
    </div>
  );
}

function Observation({
  detail,
  centre,
  names,
}: {
  readonly detail: ObservationDetail;
  readonly centre: CentreAnswer;
  readonly names: Names;
}) {
  const t = useTranslations();
  const locale = useLocale();
  const address = useAddress();
  const latest = detail.versions.at(-1);
  const telling = useMemo(() => ({ zone: centre.zone, words: t, names }), [centre.zone, t, names]);
  const signOf = (contingent: string | null) =>
    centre.contingents.find((each) => each.contingent === contingent)?.sign ?? null;
  if (latest === undefined) return <Message text={t('observation.notFound', { id: detail.id })} />;
  const { row } = latest;
  const { lead, rest } = sentenceOf(row, t, names);
  const sign = signOf(row.contingent);
  return (
    <div className={styles.screen} data-status={row.status}>
      <header className={styles.head}>
        <h1>{t('observation.title', { n: detail.number })}</h1>
        <Badges version={latest} />
        <span className={styles.space} />
        <Link
          className="no-print"
          href={streamPath(locale, `observation/${detail.id}`, address)}
          prefetch={false}
        >
          {t('observation.inLog')}
        </Link>
        <Button
          className="no-print"
          variant="default"
          size="compact-sm"
          onClick={() => window.print()}
        >
          {t('observation.print')}
        </Button>
        {address.asOf === null && (
          <ObservationActions latest={latest} detail={detail} names={names} />
        )}
      </header>
      <p className={styles.sentence}>
        <KindGlyph group={row.group} /> <strong>{lead}</strong> {rest}
      </p>
      <p className={styles.by}>
        {sign !== null && <ContingentSign sign={sign} />} {names.unit(row.unit)}
        {row.contingent === null ? '' : ` · ${names.contingent(row.contingent)}`}
        {row.origin === 'external' ? ` · ${t('words.origin.external')}` : ''}
      </p>
      <div className={styles.columns}>
        <div className={styles.side}>
          <section className={styles.panel} aria-labelledby="facts">
            <h2 id="facts">{t('observation.facts', { n: row.version })}</h2>
            <Facts version={latest} telling={telling} />
          </section>
          <VersionList detail={detail} telling={telling} signOf={signOf} />
        </div>
        <div className={styles.side}>
          <PlacePicture version={latest} centre={centre} names={names} />
          <div className={styles.panel}>
            <EchoPanel lines={echoOf(row, centre.zone, t, names)} />
          </div>
        </div>
      </div>
    </div>
  );
}

function Badges({ version: { row } }: { readonly version: ObservationVersion }) {
  const t = useTranslations('observation');
  return (
    <>
      {row.status === 'retracted' && (
        <strong className={styles.badge}>{t('badge.retracted')}</strong>
      )}
      {row.version > 1 && (
        <span className={styles.badge}>{t('badge.corrected', { n: row.version })}</span>
      )}
      {row.late && <span className={styles.badge}>{t('badge.late')}</span>}
    </>
  );
}

function Facts({
  version,
  telling,
}: {
  readonly version: ObservationVersion;
  readonly telling: Telling;
}) {
  const t = useTranslations('observation');
  const { row, narrative, asEntered } = version;
  return (
    <dl className={styles.facts}>
      {TOLD_FIELDS.map((field) => {
        const text = fieldText(row, field, telling);
        return text === '' ? null : (
          <div key={field}>
            <dt>{t(`field.${field}`)}</dt>
            <dd>{text}</dd>
          </div>
        );
      })}
      <div>
        <dt>{t('field.narrative')}</dt>
        <dd>
          <Text disclosed={narrative} />
        </dd>
      </div>
      <div>
        <dt>{t('field.asEntered')}</dt>
        <dd className={styles.mono}>
          {asEntered === null ? (
            <span className={styles.dim}>{t('nothingTyped')}</span>
          ) : (
            <Text disclosed={asEntered} />
          )}
        </dd>
      </div>
      <div>
        <dt>{t('field.recordedAt')}</dt>
        <dd>{toTheSecond(row.recordedAt, telling.zone)}</dd>
      </div>
      {row.deviceOffsetMs !== undefined && Math.abs(row.deviceOffsetMs) >= 1000 && (
        <div>
          <dt>{t('field.deviceOffset')}</dt>
          <dd>{t('deviceOffset', { seconds: Math.round(row.deviceOffsetMs / 1000) })}</dd>
        </div>
      )}
      <div>
        <dt>{t('field.id')}</dt>
        <dd className={styles.mono}>{row.id}</dd>
      </div>
    </dl>
  );
}

/** A small still picture, near enough to see ring and ray. */
function PlacePicture({
  version: { row },
  centre,
  names,
}: {
  readonly version: ObservationVersion;
  readonly centre: CentreAnswer;
  readonly names: Names;
}) {
  const t = useTranslations('observation');
  const rows = useMemo(() => [row], [row]);
  if (
    resolvedOf(row.where) === undefined &&
    placeShapes(row.where, groundOf(centre)).length === 0
  ) {
    return <p className={`${styles.panel} ${styles.dim}`}>{t('noPlace')}</p>;
  }
  const extent = extentOfShapes(placeShapes(row.where, groundOf(centre))) ?? missionExtent(centre);
  return (
    <figure className={`${styles.panel} ${styles.picture}`}>
      <StaticMap
        rows={rows}
        centre={centre}
        names={names}
        selected={row.id}
        title={t('map')}
        extent={padded(extent, 0.8)}
      />
    </figure>
  );
}
