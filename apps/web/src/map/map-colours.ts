import type { DisplayGroup } from '@ceasewatch/domain/observation/vocabulary';
import { GLYPHS } from '../glyphs/kind-glyph.tsx';

/**
 * The tokens of the theme as plain colours, because a WebGL style knows no variables.
 */
export interface MapColours {
  readonly ground: string;
  readonly land: string;
  readonly water: string;
  readonly border: string;
  readonly sector: string;
  readonly line: string;
  readonly text: string;
  readonly textDim: string;
  readonly halo: string;
  readonly accent: string;
  readonly cluster: string;
  readonly groups: Readonly<Record<DisplayGroup, string>>;
}

export function readColours(element: HTMLElement): MapColours {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim() || '#888888';
  const group = (name: DisplayGroup) => token(GLYPHS[name].token);
  return {
    ground: token('--map-ground'),
    land: token('--map-land'),
    water: token('--map-water'),
    border: token('--map-border'),
    sector: token('--map-sector'),
    line: token('--map-line'),
    text: token('--text-soft'),
    textDim: token('--text-dim'),
    halo: token('--map-ground'),
    accent: token('--accent'),
    cluster: token('--panel'),
    groups: {
      small_arms: group('small_arms'),
      heavy_weapons: group('heavy_weapons'),
      blast: group('blast'),
      air: group('air'),
      movement: group('movement'),
      engineering: group('engineering'),
      restriction: group('restriction'),
      other: group('other'),
    },
  };
}
