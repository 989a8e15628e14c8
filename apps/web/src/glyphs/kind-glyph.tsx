import type { DisplayGroup } from '@ceasewatch/domain/observation/vocabulary';
import styles from './kind-glyph.module.css';

/**
 * One shape and one colour a display group; the shape alone is enough. The same paths are drawn on the
 * map, in the legend, in lists.
 */
export const GLYPHS: Readonly<
  Record<DisplayGroup, { readonly path: string; readonly token: string }>
> = {
  small_arms: {
    path: 'M6 1.2a4.8 4.8 0 1 0 0 9.6A4.8 4.8 0 0 0 6 1.2Z',
    token: '--kind-small-arms',
  },
  heavy_weapons: { path: 'M6 .6 11.5 11H.5z', token: '--kind-heavy-weapons' },
  blast: { path: 'M6 0 7.6 4.4 12 6 7.6 7.6 6 12 4.4 7.6 0 6 4.4 4.4z', token: '--kind-blast' },
  air: { path: 'M6 .3 11.7 6 6 11.7.3 6z', token: '--kind-air' },
  movement: { path: 'M1.5.8 11.4 6 1.5 11.2z', token: '--kind-movement' },
  engineering: { path: 'M1.2 1.2h9.6v9.6H1.2z', token: '--kind-engineering' },
  restriction: {
    path: 'M3.7.6h4.6l3.1 3.1v4.6l-3.1 3.1H3.7L.6 8.3V3.7z',
    token: '--kind-restriction',
  },
  other: { path: 'M4.3 1h3.4v3.3H11v3.4H7.7V11H4.3V7.7H1V4.3h3.3z', token: '--kind-other' },
};

/** Stands beside the group's name, so it is silent. */
export function KindGlyph({ group }: { readonly group: DisplayGroup }) {
  return (
    <svg className={styles.glyph} viewBox="0 0 12 12" data-group={group} aria-hidden>
      <path d={GLYPHS[group].path} />
    </svg>
  );
}
