import { DISPLAY_GROUPS } from '@ceasewatch/domain/observation/vocabulary';
import { useTranslations } from 'next-intl';
import { KindGlyph } from '../glyphs/kind-glyph.tsx';
import styles from './map.module.css';

/** What every sign of the map means; the shapes are those of the feed and the chart. */
export function MapLegend() {
  const t = useTranslations();
  return (
    <details className={styles.legend}>
      <summary>{t('map.legend')}</summary>
      <ul>
        {DISPLAY_GROUPS.map((group) => (
          <li key={group}>
            <KindGlyph group={group} /> {t(`words.group.${group}`)}
          </li>
        ))}
        <LegendRow
          path="M6 1.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9"
          dashed={false}
          label={t('map.ring')}
        />
        <LegendRow path="M1 11 11 1" dashed={false} label={t('map.ray')} />
        <LegendRow path="M1 6h10" dashed label={t('map.line')} />
        <LegendRow path="M3 3h6v6H3z" dashed={false} label={t('map.unit')} />
        <li>{t('map.hollow')}</li>
        <li>{t('map.cluster')}</li>
      </ul>
    </details>
  );
}

function LegendRow({
  path,
  dashed,
  label,
}: {
  readonly path: string;
  readonly dashed: boolean;
  readonly label: string;
}) {
  return (
    <li>
      <svg className={styles.legendSign} viewBox="0 0 12 12" data-dashed={dashed} aria-hidden>
        <path d={path} />
      </svg>{' '}
      {label}
    </li>
  );
}
