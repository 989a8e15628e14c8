'use client';

import { Popover } from '@mantine/core';
import { wholeOf } from '@ceasewatch/domain/measure/count-sum';
import type { Figure, FigureName, Situation } from '@ceasewatch/domain/situation/situation';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { type ComponentPropsWithRef, createContext, memo, useContext } from 'react';
import { Sparkline } from '../../../charts/sparkline.tsx';
import { listAddress } from '../../../filter/list-address.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { dtg, millis } from '../../../format/instants.ts';
import { difference, half, whole } from '../../../format/numbers.ts';
import { qualified, unitOfCount } from '../../../format/quantities.ts';
import type { Words } from '../../../format/words.ts';
import { useCentre } from '../../../shell/use-centre.ts';
import { rowsOfFigure } from './figure-rows.ts';
import styles from './tile.module.css';

interface TileProps {
  readonly name: FigureName;
  readonly days: number;
}

/**
 * What the tiles below it show, so that a figure which moves draws its own words and not the dialog
 * around them. Null while it is being asked for.
 */
export const FiguresShown = createContext<Situation['figures'] | null>(null);

/** One figure with its line of 28 days and its baseline; opening it tells its rule and leads to its rows. */
export const FigureTile = memo(function FigureTile({ name, days }: TileProps) {
  return (
    <Popover position="bottom" withArrow shadow="md">
      <Popover.Target>
        <Tile name={name} days={days} />
      </Popover.Target>
      <Popover.Dropdown>
        <FigureDetail name={name} days={days} />
      </Popover.Dropdown>
    </Popover>
  );
});

function Tile({ name, days, ...opens }: TileProps & ComponentPropsWithRef<'button'>) {
  const t = useTranslations();
  const figure = useContext(FiguresShown)?.[name];
  const title = t(`situation.figure.${name}`);
  if (figure === undefined) return <BlankTile title={title} />;
  const value = valueOf(name, figure, t);
  return (
    <button
      {...opens}
      type="button"
      className={styles.tile}
      data-figure={name}
      title={t('situation.figure.open')}
    >
      <span className={styles.name}>{title}</span>
      <span className={styles.row}>
        <span className={styles.value}>
          {value.number}
          {value.unit !== '' && <span className={styles.unit}> {value.unit}</span>}
        </span>
        <span className={styles.spark}>
          <Sparkline
            values={[...figure.daily, ...(days === 1 ? [figure.reports] : [])]}
            baseline={days === 1 ? figure.median : figure.median / days}
            label={sparkLabel(figure, t)}
          />
        </span>
      </span>
      <span className={styles.line}>
        <b>{difference(figure.reports - figure.median)}</b>{' '}
        {t('situation.figure.median', { median: half(figure.median) })}
      </span>
    </button>
  );
}

export function BlankTile({ title }: { readonly title: string }) {
  return (
    <div className={styles.tile} aria-busy="true">
      <span className={styles.name}>{title}</span>
      <span className={styles.row}>
        <span className={styles.blank} />
      </span>
    </div>
  );
}

/** Casualties are persons, with the weakest qualifier of their parts; the other tiles count reports. */
function valueOf(name: FigureName, figure: Figure, t: Words): { number: string; unit: string } {
  if (name !== 'casualties') return { number: whole(figure.reports), unit: '' };
  const counted = wholeOf(figure.items);
  const [total] = counted.totals;
  const unit =
    figure.reports === 0
      ? ''
      : t('situation.figure.inReports', { n: figure.reports, count: whole(figure.reports) });
  if (total === undefined)
    return { number: figure.reports === 0 ? '0' : t('format.notKnown'), unit };
  const weakened = counted.unknownReports > 0 ? 'at_least' : total.qualifier;
  return { number: `${MARKS[weakened]}${whole(total.value)}`, unit };
}

/** In the large figure a sign, in the detail the word. */
const MARKS = { exact: '', about: '~', at_least: '≥' } as const;

function FigureDetail({ name, days }: TileProps) {
  const figure = useContext(FiguresShown)?.[name];
  return figure === undefined ? null : <Detail name={name} days={days} figure={figure} />;
}

function Detail({ name, figure, days }: TileProps & { readonly figure: Figure }) {
  const t = useTranslations();
  const locale = useLocale();
  const { zone } = useCentre();
  const address = useAddress();
  const rows = rowsOfFigure(name, figure, address.filter);
  const items = itemWords(figure, t);
  const period = days === 1 ? t('words.windowLong.24h') : t('words.windowLong.7d');
  return (
    <div className={styles.detail}>
      <div>
        <h3>{t('situation.figure.rule')}</h3>
        <p>{t(`situation.figure.rules.${name}`)}</p>
      </div>
      <p>
        {t('situation.figure.window', {
          from: dtg(millis(figure.from), zone),
          to: dtg(millis(figure.to), zone),
        })}
      </p>
      {items.length > 0 && (
        <div>
          <h3>{t('situation.figure.items')}</h3>
          <p>{items.join(', ')}</p>
        </div>
      )}
      <p>{t('situation.figure.previous', { window: period, n: whole(figure.previousReports) })}</p>
      <p>{t('situation.figure.coverage')}</p>
      {rows === null || figure.reports === 0 ? (
        <p>{t('situation.figure.noRows')}</p>
      ) : (
        <Link className={styles.go} href={listAddress(locale, rows, address)} prefetch={false}>
          {figure.reports === 1
            ? t('situation.figure.rowsOne')
            : t('situation.figure.rows', { n: whole(figure.reports) })}
        </Link>
      )}
    </div>
  );
}

function itemWords(figure: Figure, t: Words): string[] {
  const { totals, unknownReports } = wholeOf(figure.items);
  const counted = totals.map((total) =>
    t('format.countOf', {
      number: qualified(total.value, total.qualifier, t),
      unit: unitOfCount(total.unit, total.value, t),
    }),
  );
  if (unknownReports === 0) return counted;
  const reports = t('situation.figure.reports', {
    n: unknownReports,
    count: whole(unknownReports),
  });
  return [...counted, t('situation.figure.countless', { n: reports })];
}

function sparkLabel({ daily }: Figure, t: Words): string {
  return t('situation.figure.spark', {
    low: whole(Math.min(...daily)),
    high: whole(Math.max(...daily)),
    latest: whole(daily.at(-1) ?? 0),
  });
}
