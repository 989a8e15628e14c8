'use client';

import type { SectorFigure, Situation } from '@ceasewatch/domain/situation/situation';
import { useTranslations } from 'next-intl';
import { memo } from 'react';
import { toggled } from '../../../filter/filter-query.ts';
import { useView } from '../../../filter/use-address.ts';
import { difference, whole } from '../../../format/numbers.ts';
import { useCentre } from '../../../shell/use-centre.ts';
import { NONE } from '@ceasewatch/domain/situation/observation-filter';
import styles from './situation.module.css';
import own from './sectors-panel.module.css';

/** Rows that stand there until it is known which sectors there are. */
const PLACES = [1, 2, 3, 4, 5];

/** Reports by sector in the centre's order, the bar now and the tick in the window before; a row filters. */
export const SectorsPanel = memo(function SectorsPanel({
  situation,
}: {
  readonly situation: Situation | null;
}) {
  const t = useTranslations();
  const sectors = situation?.sectors ?? [];
  const most = Math.max(
    1,
    ...sectors.flatMap(({ reports, previousReports }) => [reports, previousReports]),
  );
  const all = situation?.query.window === 'all';
  const window = t(`words.window.${situation?.query.window ?? '30d'}`);
  return (
    <section
      className={`${styles.panel} ${styles.sectors} ${styles.dim}`}
      aria-label={t('situation.sectors.titleAll')}
    >
      <div className={styles.head}>
        <h2>{all ? t('situation.sectors.titleAll') : t('situation.sectors.title', { window })}</h2>
        {!all && (
          <span className={`${styles.note} ${own.tickNote}`}>
            {t('situation.sectors.note', {
              window: t(`words.windowLong.${situation?.query.window ?? '30d'}`),
            })}
          </span>
        )}
      </div>
      <ul className={own.list} aria-busy={situation === null}>
        {situation === null &&
          PLACES.map((place) => <li key={place} className={own.blank} aria-hidden />)}
        {sectors.map((sector) => (
          <SectorRow key={sector.sector ?? NONE} figure={sector} most={most} compared={!all} />
        ))}
      </ul>
    </section>
  );
});

function SectorRow({
  figure: { sector, reports, previousReports },
  most,
  compared,
}: {
  readonly figure: SectorFigure;
  readonly most: number;
  readonly compared: boolean;
}) {
  const t = useTranslations('situation.sectors');
  const { names } = useCentre();
  const { filter, setFilter } = useView();
  const id = sector ?? NONE;
  const name = sector === null ? t('none') : names.area(sector);
  const chosen = filter.sector?.includes(id) === true;
  const toggle = () => setFilter((now) => ({ ...now, sector: toggled(now.sector, id) }));
  return (
    <li>
      <button type="button" className={own.row} aria-pressed={chosen} onClick={toggle}>
        <span className={own.name}>{name}</span>
        <svg className={own.bar} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden>
          <rect className={own.ground} width="100" height="10" />
          <rect className={own.now} width={(reports / most) * 100} height="10" />
          {compared && (
            <rect
              className={own.tick}
              x={Math.min(99, (previousReports / most) * 100)}
              width="1"
              height="10"
            />
          )}
        </svg>
        <span className={own.number}>{whole(reports)}</span>
        <span className={own.change}>{compared ? difference(reports - previousReports) : ''}</span>
        {compared && <span className="heard">{t('before', { n: whole(previousReports) })}</span>}
      </button>
    </li>
  );
}
