'use client';

import type { CentreAnswer, CentreArea } from '@ceasewatch/api/contract/centre';
import { lengthM } from '@ceasewatch/domain/measure/geometry';
import { useTranslations } from 'next-intl';
import { toTheMinute } from '../../../format/date-time.ts';
import { millis } from '../../../format/instants.ts';
import { distance } from '../../../format/quantities.ts';
import type { Words } from '../../../format/words.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { useMinute } from '../../../live/use-now.ts';
import { Panel } from './panel.tsx';
import { ParallelNames } from './parallel-names.tsx';
import { ScrollTable } from './scroll-table.tsx';
import styles from './centre.module.css';

/** Sectors, lines, protected and exercise areas, each with the time for which it is valid. */
export function AreasPanel({ centre }: { readonly centre: CentreAnswer }) {
  const t = useTranslations('centre.areas');
  return (
    <Panel area="areas" title={t('title')} term="area">
      {centre.areas.length === 0 ? (
        <p className={styles.absent}>{t('none')}</p>
      ) : (
        <ScrollTable label={t('title')}>
          <thead>
            <tr>
              <th scope="col">{t('name')}</th>
              <th scope="col">{t('kind')}</th>
              <th scope="col">{t('shape')}</th>
              <th scope="col">{t('valid')}</th>
            </tr>
          </thead>
          <tbody>
            {centre.areas.map((area) => (
              <Area key={area.area} area={area} zone={centre.zone} />
            ))}
          </tbody>
        </ScrollTable>
      )}
    </Panel>
  );
}

function Area({ area, zone }: { readonly area: CentreArea; readonly zone: string }) {
  const words = useTranslations();
  const t = useTranslations('centre');
  const from = toTheMinute(area.from, zone);
  return (
    <tr>
      <th scope="row">
        <ParallelNames names={area.name} />
      </th>
      <td>{t(`areaKind.${area.kind}`)}</td>
      <td>{shapeOf(area, words)}</td>
      <td>
        {area.to === null
          ? t('areas.since', { from })
          : t('areas.until', { from, to: toTheMinute(area.to, zone) })}
        <Now area={area} />
      </td>
    </tr>
  );
}

/** Over or not yet, by the clock of the present; the past has none, and says nothing of the kind. */
function Now({ area }: { readonly area: CentreArea }) {
  const t = useTranslations('centre.areas');
  const minute = useMinute();
  const { asOf } = useAddress();
  if (asOf !== null || minute === 0) return null;
  if (area.to !== null && millis(area.to) <= minute) return <small>{t('over')}</small>;
  return millis(area.from) > minute ? <small>{t('notYet')}</small> : null;
}

function shapeOf({ shape, vertices }: CentreArea, words: Words): string {
  if (shape === 'line') {
    const length = lengthM({ type: 'LineString', coordinates: vertices });
    return words('centre.areas.line', { n: vertices.length, length: distance(length, words) });
  }
  // A polygon is a closed ring: its first corner stands at its end again.
  return words('centre.areas.polygon', { n: vertices.length - 1 });
}
