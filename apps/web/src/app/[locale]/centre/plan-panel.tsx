'use client';

import type { CentreAnswer, CentreArea } from '@ceasewatch/api/contract';
import { useLocale, useTranslations } from 'next-intl';
import { useAddress } from '../../../filter/use-address.ts';
import { useMinute } from '../../../live/use-now.ts';
import { nameIn } from '../../../shell/use-centre.ts';
import { Panel } from './panel.tsx';
import { frameOf, type Planned, plannedOf, type PlanFrame, scaleKm } from './plan-frame.ts';
import styles from './plan.module.css';

/** Where areas and units lie to each other. The tables beside it say the same in words. */
export function PlanPanel({ centre }: { readonly centre: CentreAnswer }) {
  const t = useTranslations('centre.areas');
  const { asOf } = useAddress();
  const minute = useMinute();
  const planned = plannedOf(centre, asOf === null ? minute : 0);
  const frame = frameOf(planned);
  if (frame === null) return null;
  const counts = { areas: planned.areas.length, units: planned.units.length };
  return (
    <Panel area="plan" title={t('plan')} note={t('planNote')}>
      <svg
        className={styles.plan}
        viewBox={`0 0 ${frame.width} ${Math.ceil(frame.height)}`}
        role="img"
        aria-label={t('planText', counts)}
      >
        <Areas areas={planned.areas} frame={frame} />
        <Units planned={planned} centre={centre} frame={frame} />
        <Scale frame={frame} />
      </svg>
    </Panel>
  );
}

function Areas({ areas, frame }: { readonly areas: readonly CentreArea[]; readonly frame: PlanFrame }) {
  const locale = useLocale();
  return areas.map((area) => {
    const path = area.vertices.map(([lon, lat]) => frame.place(lon, lat).map(tenth).join(' ')).join('L');
    const [x, y] = labelPlace(area, frame);
    return (
      <g key={area.area} className={styles.area} data-kind={area.kind}>
        <path d={`M${path}${area.shape === 'polygon' ? 'Z' : ''}`} />
        <text x={tenth(x)} y={tenth(y)}>
          {nameIn(area.name, locale)}
        </text>
      </g>
    );
  });
}

/** A surface is named inside at its left edge, a line at its southern end, what is small above itself. */
function labelPlace({ kind, vertices }: CentreArea, frame: PlanFrame): readonly [number, number] {
  const points = vertices.map(([lon, lat]) => frame.place(lon, lat));
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  if (kind === 'line') return [xs.at(-1) ?? 0, bottom + 12];
  if (kind !== 'sector') return [Math.min(...xs), top - 4];
  const middle = (top + bottom) / 2;
  const left = points.filter(([x]) => x <= (Math.min(...xs) + Math.max(...xs)) / 2).map(([x]) => x);
  return [left.reduce((sum, x) => sum + x, 0) / Math.max(1, left.length) + 8, middle + 4];
}

const MARK = 4;

function Units({
  planned,
  centre,
  frame,
}: {
  readonly planned: Planned;
  readonly centre: CentreAnswer;
  readonly frame: PlanFrame;
}) {
  const signs = new Map(centre.contingents.map(({ contingent, sign }) => [contingent, sign]));
  return planned.units.map((unit) => {
    const [x, y] = frame.place(unit.position.lon, unit.position.lat);
    const sign = unit.contingent === null ? undefined : signs.get(unit.contingent);
    // Names of what moves or shares a roof would lie on each other; the table has them.
    const named = unit.kind === 'post' || unit.kind === 'camera' || unit.kind === 'acoustic_sensor';
    return (
      <g key={unit.unit} className={styles.unit}>
        <title>{unit.name}</title>
        {sign === 'circle' ? (
          <circle cx={tenth(x)} cy={tenth(y)} r={MARK} />
        ) : sign === 'square' ? (
          <rect x={tenth(x - MARK)} y={tenth(y - MARK)} width={2 * MARK} height={2 * MARK} />
        ) : (
          <path d={`M${tenth(x - MARK)} ${tenth(y)}h${2 * MARK}m${-MARK} ${-MARK}v${2 * MARK}`} />
        )}
        {named && (
          <text x={tenth(x + MARK + 4)} y={tenth(y + 4)}>
            {unit.name}
          </text>
        )}
      </g>
    );
  });
}

function Scale({ frame }: { readonly frame: PlanFrame }) {
  const t = useTranslations('centre.areas');
  const km = scaleKm(frame);
  const length = km * 1000 * frame.metre;
  return (
    <g className={styles.scale} transform={`translate(12 ${tenth(frame.height - 10)})`}>
      <path d={`M0 -5V0H${tenth(length)}V-5`} />
      <text x={tenth(length + 6)} y={0}>
        {t('scale', { km })}
      </text>
    </g>
  );
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
