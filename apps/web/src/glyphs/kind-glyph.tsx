import type { DisplayGroup } from '@ceasewatch/domain/observation/vocabulary';
import styles from './kind-glyph.module.css';

/**
 * One shape and one colour a display group; the shape alone is enough. The same paths are drawn on the
 * map, in the legend, in lists. They are relative from their first letter on, so that a path which goes
 * somewhere before draws the shape there.
 */
export const GLYPHS: Readonly<
  Record<DisplayGroup, { readonly path: string; readonly token: string }>
> = {
  small_arms: {
    path: 'm6 1.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6z',
    token: '--kind-small-arms',
  },
  heavy_weapons: { path: 'm6 .6 5.5 10.4h-11z', token: '--kind-heavy-weapons' },
  blast: {
    path: 'm6 0 1.6 4.4 4.4 1.6-4.4 1.6-1.6 4.4-1.6-4.4-4.4-1.6 4.4-1.6z',
    token: '--kind-blast',
  },
  air: { path: 'm6 .3 5.7 5.7-5.7 5.7-5.7-5.7z', token: '--kind-air' },
  movement: { path: 'm1.5.8 9.9 5.2-9.9 5.2z', token: '--kind-movement' },
  engineering: { path: 'm1.2 1.2h9.6v9.6h-9.6z', token: '--kind-engineering' },
  restriction: {
    path: 'm3.7.6h4.6l3.1 3.1v4.6l-3.1 3.1h-4.6l-3.1-3.1v-4.6z',
    token: '--kind-restriction',
  },
  other: {
    path: 'm4.3 1h3.4v3.3h3.3v3.4h-3.3v3.3h-3.4v-3.3h-3.3v-3.4h3.3z',
    token: '--kind-other',
  },
};

/** Stands beside the group's name, so it is silent. */
export function KindGlyph({ group }: { readonly group: DisplayGroup }) {
  return (
    <svg className={styles.glyph} viewBox="0 0 12 12" data-group={group} aria-hidden>
      <path d={GLYPHS[group].path} />
    </svg>
  );
}
