'use client';

import { type FigureName, FIGURE_DAYS } from '@ceasewatch/domain/situation/situation';
import { CeasefireClock } from './ceasefire-clock.tsx';
import { FiguresShown, FigureTile } from './figure-tile.tsx';
import { SilentUnits } from './silent-units.tsx';
import type { SituationView } from './use-situation.ts';
import styles from './situation.module.css';

const TILES: readonly FigureName[] = [
  'fireItems',
  'heavyWeapons',
  'casualties',
  'lateReports',
  'correctedReports',
];

/** The row of tiles: each names its window and its baseline, and opens its rule and exactly its rows. */
export function Figures({ view }: { readonly view: SituationView }) {
  return (
    <div className={`${styles.tiles} ${styles.dim}`}>
      <CeasefireClock lastFireItem={view.lastFireItem} at={view.situation?.query.at ?? null} />
      <FiguresShown value={view.situation?.figures ?? null}>
        {TILES.map((name) => (
          <FigureTile key={name} name={name} days={FIGURE_DAYS[name]} />
        ))}
      </FiguresShown>
      <SilentUnits
        silent={view.situation === null ? null : view.silentUnits}
        at={view.situation?.query.at ?? null}
      />
    </div>
  );
}
