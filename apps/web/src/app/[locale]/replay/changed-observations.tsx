'use client';

import type {
  ChangingEvent,
  DifferenceAnswer,
  ObservationDifference,
} from '@ceasewatch/api/contract/difference';
import {
  OBSERVATION_CHANGES,
  type ObservationChange,
} from '@ceasewatch/domain/difference/difference';
import { CORRECTION_REASONS } from '@ceasewatch/domain/observation/vocabulary';
import type { Disclosed } from '@ceasewatch/domain/recorded-event';
import { Button } from '@mantine/core';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { addressOf } from '../../../api/fetch-json.ts';
import { observationAddress } from '../../../filter/list-address.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { toTheSecond } from '../../../format/date-time.ts';
import { whole } from '../../../format/numbers.ts';
import { sentenceOf } from '../../../format/sentence.ts';
import { KindGlyph } from '../../../glyphs/kind-glyph.tsx';
import { useCentre } from '../../../shell/use-centre.ts';
import { changesBetween } from '../observation/version-diff.ts';
import { EventLink } from './event-link.tsx';
import type { useChangedObservations } from './use-difference.ts';
import type { WholeList } from './use-whole-list.ts';
import styles from './difference.module.css';

/** The observations that differ, each with what it said, what it says, and which events made it so. */
export function ChangedObservations({
  totals,
  search,
  here,
  change,
  onChange: setChange,
  list,
  whole: { items: gathered },
}: {
  readonly totals: DifferenceAnswer['totals'];
  /** Of the list, for its files. */
  readonly search: URLSearchParams;
  readonly here: number;
  readonly change: ObservationChange | null;
  readonly onChange: (change: ObservationChange | null) => void;
  readonly list: ReturnType<typeof useChangedObservations>;
  readonly whole: WholeList;
}) {
  const t = useTranslations('replay.difference');
  const items = gathered ?? list.data?.pages.flatMap((page) => page.items) ?? [];
  const matching = list.data?.pages[0]?.matching ?? 0;
  const all = OBSERVATION_CHANGES.reduce((sum, each) => sum + totals[each], 0);
  return (
    <section className={styles.part} aria-labelledby="difference-observations">
      <header className={styles.listHead}>
        <h3 id="difference-observations">{t('observations')}</h3>
        {matching > 0 && <Files search={search} />}
      </header>
      <div role="group" aria-labelledby="difference-observations" className={styles.choice}>
        <button type="button" aria-pressed={change === null} onClick={() => setChange(null)}>
          {t('all')} {whole(all)}
        </button>
        {OBSERVATION_CHANGES.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={change === each}
            disabled={totals[each] === 0}
            onClick={() => setChange(each)}
          >
            {t(`changes.${each}`)} {whole(totals[each])}
          </button>
        ))}
      </div>
      {list.data !== undefined && items.length === 0 && (
        <p className={styles.message}>{t(change === null ? 'none' : 'noneOf')}</p>
      )}
      <ol className={styles.changed} aria-busy={list.isPending}>
        {items.map((item) => (
          <Changed key={item.id} item={item} here={here} />
        ))}
      </ol>
      {items.length > 0 && items.length < matching && (
        <p className={styles.message}>
          <span className="no-print">
            {t('shown', { shown: whole(items.length), n: whole(matching) })}
          </span>
          <strong className="only-print">
            {t('onPaper', { shown: whole(items.length), n: whole(matching) })}
          </strong>{' '}
          <Button
            className="no-print"
            size="compact-sm"
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('more', { n: whole(Math.min(50, matching - items.length)) })}
          </Button>
        </p>
      )}
    </section>
  );
}

const FORMATS = ['csv', 'ndjson'] as const;

/** All that are listed, however many, as files. */
function Files({ search }: { readonly search: URLSearchParams }) {
  const t = useTranslations('replay.difference');
  return (
    <nav className={`${styles.files} no-print`} aria-label={t('files')}>
      {FORMATS.map((format) => (
        <a
          key={format}
          href={addressOf(`/api/diff/observations.${format}`, search)}
          download
          aria-label={t('fileAs', { format: t(`format.${format}`) })}
        >
          {t(`format.${format}`)}
        </a>
      ))}
    </nav>
  );
}

function Changed({ item, here }: { readonly item: ObservationDifference; readonly here: number }) {
  const words = useTranslations();
  const t = useTranslations('replay.difference');
  const locale = useLocale();
  const { until } = useAddress();
  const { names, zone } = useCentre();
  const { before, after, number, change, shown } = item;
  const { lead, rest } = sentenceOf(after, words, names);
  const fields = before === null ? [] : changesBetween(before, after, { zone, words, names });
  return (
    <li data-change={change} data-id={item.id}>
      <p className={styles.line}>
        <span className={styles.change}>{t(`changes.${change}`)}</span>
        <KindGlyph group={after.group} />
        <Link href={observationAddress(locale, item.id, { asOf: here, until })} prefetch={false}>
          {t('number', { n: whole(number) })}
        </Link>
        <span>
          <b>{lead}</b> {rest}
        </span>
        {!shown.now && after.status === 'recorded' && (
          <span className={styles.note}>{t('outside')}</span>
        )}
      </p>
      {fields.length + (before === null ? 0 : item.disclosed.length) > 0 && (
        <dl className={styles.fields}>
          {fields.map((field) => (
            <Field
              key={field.field}
              name={words(`observation.field.${field.field}`)}
              before={field.before}
              after={field.after}
            />
          ))}
          {before !== null &&
            item.disclosed.map((each) => (
              <Field
                key={each.name}
                name={words(`observation.field.${each.name}`)}
                before={disclosedText(each.before, t)}
                after={disclosedText(each.after, t)}
              />
            ))}
        </dl>
      )}
      <ul className={styles.events}>
        {item.events.map((event) => (
          <Explaining key={event.seq} event={event} />
        ))}
        {item.eventsInAll > item.events.length && (
          <li>{t('moreEvents', { n: whole(item.eventsInAll - item.events.length) })}</li>
        )}
      </ul>
    </li>
  );
}

function Field({
  name,
  before,
  after,
}: {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}) {
  const t = useTranslations('replay.difference');
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <del>{before === '' ? t('nothing') : before}</del> →{' '}
        <ins>{after === '' ? t('nothing') : after}</ins>
      </dd>
    </div>
  );
}

function Explaining({ event }: { readonly event: ChangingEvent }) {
  const words = useTranslations();
  const t = useTranslations('replay.difference');
  const { names, zone } = useCentre();
  const { seq, time, officer } = event;
  const reason = CORRECTION_REASONS.find((each) => each === event.reason);
  return (
    <li>
      <EventLink seq={seq} />{' '}
      {[
        toTheSecond(time, zone),
        t('by', { officer: officer === null ? t('system') : names.officer(officer) }),
        ...(reason === undefined ? [] : [t('reason', { reason: words(`words.reason.${reason}`) })]),
      ].join(', ')}
    </li>
  );
}

type DifferenceWords = ReturnType<typeof useTranslations<'replay.difference'>>;

function disclosedText(told: Disclosed | null, t: DifferenceWords): string {
  if (told === null) return '';
  return told.state === 'shown' ? told.value : t(told.state);
}
