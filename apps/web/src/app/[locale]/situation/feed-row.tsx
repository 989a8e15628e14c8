'use client';

import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { memo, useContext } from 'react';
import { observationAddress } from '../../../filter/list-address.ts';
import { LinkedMoment, LIVE } from '../../../filter/moment.ts';
import { dtg, millis } from '../../../format/instants.ts';
import { sentenceOf } from '../../../format/sentence.ts';
import { occurred } from '../../../format/when.ts';
import { ContingentSign } from '../../../glyphs/contingent-sign.tsx';
import { KindGlyph } from '../../../glyphs/kind-glyph.tsx';
import { useMinute } from '../../../live/use-now.ts';
import { useCentre } from '../../../shell/use-centre.ts';
import own from './feed-panel.module.css';

interface RowProps {
  readonly row: ObservationRow;
  readonly fresh: boolean;
  readonly selected: boolean;
  onSelect(id: string): void;
}

/** One report: its sentence, both its times, who told it, and what is unusual about it. */
export const FeedRow = memo(function FeedRow({ row, fresh, selected, onSelect }: RowProps) {
  const t = useTranslations();
  const { centre, names, zone } = useCentre();
  const now = useMinute();
  const { lead, rest } = sentenceOf(row, t, names);
  const sign = centre?.contingents.find((each) => each.contingent === row.contingent)?.sign;
  const when = occurred(row.when, zone, now, t);
  const recorded = t('situation.feed.recorded', { time: dtg(millis(row.versionRecordedAt), zone) });
  return (
    <li
      className={own.row}
      data-fresh={fresh}
      data-selected={selected}
      data-status={row.status}
      data-id={row.id}
    >
      <span className={own.glyph}>
        <KindGlyph group={row.group} />
      </span>
      <button
        type="button"
        className={own.sentence}
        aria-pressed={selected}
        onClick={() => onSelect(row.id)}
      >
        <b>{lead}</b> {rest}
      </button>
      <time
        className={own.time}
        data-long={when.length > LONG}
        dateTime={row.when.from}
        title={recorded}
      >
        {when}
      </time>
      <span className={own.source}>
        {sign !== undefined && <ContingentSign sign={sign} />}
        <span className={own.unit}>{names.unit(row.unit)}</span>
        {tagsOf(row).map((tag) => (
          <span key={tag} className={own.tag} data-tag={tag}>
            {t(`situation.feed.${tag}`)}
          </span>
        ))}
      </span>
      <NumberLink id={row.id} number={row.number} />
    </li>
  );
}, isSameRow);

/** Leads to the observation at the moment that is looked at: all of a row that moves with it. */
function NumberLink({ id, number }: Pick<ObservationRow, 'id' | 'number'>) {
  const t = useTranslations('situation.feed');
  const locale = useLocale();
  const moment = useContext(LinkedMoment) ?? LIVE;
  return (
    <Link className={own.number} href={observationAddress(locale, id, moment)} prefetch={false}>
      {t('number', { n: number })}
    </Link>
  );
}

/** A version never says anything else, also when another answer tells it once more. */
function isSameRow(one: RowProps, other: RowProps): boolean {
  return (
    one.row.id === other.row.id &&
    one.row.fromSeq === other.row.fromSeq &&
    one.fresh === other.fresh &&
    one.selected === other.selected &&
    one.onSelect === other.onSelect
  );
}

/** A longer time has a line of its own, so that it never takes the sentence's room. */
const LONG = 14;

const TAGS = ['late', 'corrected', 'retracted', 'external'] as const;

function tagsOf(row: ObservationRow): readonly (typeof TAGS)[number][] {
  const holds = {
    late: row.late,
    corrected: row.version > 1,
    retracted: row.status === 'retracted',
    external: row.origin === 'external',
  };
  return TAGS.filter((tag) => holds[tag]);
}
