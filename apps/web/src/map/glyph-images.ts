import { DISPLAY_GROUPS } from '@ceasewatch/domain/observation/vocabulary';
import { GLYPHS } from '../glyphs/kind-glyph.tsx';
import type { MapColours } from './map-colours.ts';

/**
 * The signs of the map as images, drawn from the same paths as everywhere else: a display group in full
 * and hollow (for what is known only to a stretch or an area), and the sign of each contingent's units.
 */
export interface SignImage {
  readonly name: string;
  readonly data: ImageData;
}

/** Drawn at twice their size, for sharp screens. */
export const SIGN_RATIO = 2;
const GLYPH_PX = 16;
const UNIT_PX = 13;

export function glyphName(group: string, vague: boolean): string {
  return vague ? `${group}-hollow` : group;
}

export function signImages(colours: MapColours): readonly SignImage[] {
  const glyphs = DISPLAY_GROUPS.flatMap((group) => {
    const path = new Path2D(GLYPHS[group].path);
    const colour = colours.groups[group];
    return [
      draw(glyphName(group, false), GLYPH_PX, (canvas) => {
        canvas.lineWidth = 2.4;
        canvas.lineJoin = 'round';
        canvas.strokeStyle = colours.halo;
        canvas.stroke(path);
        canvas.fillStyle = colour;
        canvas.fill(path);
      }),
      draw(glyphName(group, true), GLYPH_PX, (canvas) => {
        canvas.lineJoin = 'round';
        canvas.lineWidth = 3.4;
        canvas.strokeStyle = colours.halo;
        canvas.stroke(path);
        canvas.fillStyle = colours.halo;
        canvas.fill(path);
        canvas.lineWidth = 1.6;
        canvas.strokeStyle = colour;
        canvas.stroke(path);
      }),
    ];
  });
  return [
    ...glyphs,
    ...(['square', 'circle', 'joint'] as const).map((sign) => unitSign(sign, colours)),
  ];
}

/** A contingent is told by an outline, never by a colour; a joint unit has both. */
function unitSign(sign: 'square' | 'circle' | 'joint', colours: MapColours): SignImage {
  return draw(`unit-${sign}`, UNIT_PX, (canvas) => {
    const outline = new Path2D();
    if (sign !== 'circle') outline.rect(2, 2, 8, 8);
    if (sign !== 'square') outline.arc(6, 6, sign === 'joint' ? 2.4 : 4.4, 0, 2 * Math.PI);
    canvas.lineWidth = 3.4;
    canvas.strokeStyle = colours.halo;
    canvas.stroke(outline);
    canvas.fillStyle = colours.halo;
    canvas.fill(outline);
    canvas.lineWidth = 1.4;
    canvas.strokeStyle = colours.text;
    canvas.stroke(outline);
  });
}

/** Paths are on a field of 12 by 12; a margin of 1 keeps their outline inside the image. */
function draw(
  name: string,
  sizePx: number,
  paint: (canvas: CanvasRenderingContext2D) => void,
): SignImage {
  const size = sizePx * SIGN_RATIO;
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas to draw the signs of the map on');
  context.scale(size / 14, size / 14);
  context.translate(1, 1);
  paint(context);
  return { name, data: context.getImageData(0, 0, size, size) };
}
