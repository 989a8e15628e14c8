import { DISPLAY_GROUPS } from '@ceasewatch/domain/observation/vocabulary';
import type { ExpressionSpecification } from 'maplibre-gl';
import type { MapColours } from './map-colours.ts';
import { SIGN_RATIO, type SignImage } from './glyph-images.ts';

/**
 * A cluster is a circle with its number, in a ring that shows what it consists of. The ring's image is
 * named by its shares in sixteenths, `ring-2-4-0-0-12-0-0-0-0`, and drawn when a name is first asked for.
 */
const SIXTEENTHS = 16;
const SIZES_PX = [26, 32, 40];
const PREFIX = 'ring-';

/** How many of a cluster's rows are of each group: summed by the clustering itself. */
export const CLUSTER_SUMS: Readonly<Record<string, ExpressionSpecification>> = Object.fromEntries(
  DISPLAY_GROUPS.map((group) => [group, ['+', ['case', ['==', ['get', 'group'], group], 1, 0]]]),
);

export const CLUSTER_IMAGE: ExpressionSpecification = [
  'concat',
  PREFIX,
  ['step', ['get', 'point_count'], '0', 25, '1', 150, '2'],
  ...DISPLAY_GROUPS.map((group): ExpressionSpecification => {
    const share: ExpressionSpecification = [
      '*',
      SIXTEENTHS,
      ['/', ['get', group], ['get', 'point_count']],
    ];
    // A single casualty among hundreds still has its sliver.
    return [
      'concat',
      '-',
      ['to-string', ['case', ['==', ['get', group], 0], 0, ['max', 1, ['round', share]]]],
    ];
  }),
];

/** The image of that name; undefined when it is not a cluster's. */
export function clusterImage(name: string, colours: MapColours): SignImage | undefined {
  if (!name.startsWith(PREFIX)) return undefined;
  const [step = 0, ...shares] = name.slice(PREFIX.length).split('-').map(Number);
  const size = (SIZES_PX[step] ?? 40) * SIGN_RATIO;
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext('2d');
  if (context === null) return undefined;
  const wide = 3.5 * SIGN_RATIO;
  const radius = size / 2 - wide / 2 - 1;
  const whole = shares.reduce((sum, share) => sum + share, 0);
  context.beginPath();
  context.arc(size / 2, size / 2, radius, 0, 2 * Math.PI);
  context.fillStyle = colours.cluster;
  context.fill();
  context.lineWidth = wide;
  let from = -Math.PI / 2;
  for (const [at, group] of DISPLAY_GROUPS.entries()) {
    const to = from + (2 * Math.PI * (shares[at] ?? 0)) / Math.max(1, whole);
    context.beginPath();
    context.arc(size / 2, size / 2, radius, from, to);
    context.strokeStyle = colours.groups[group];
    context.stroke();
    from = to;
  }
  return { name, data: context.getImageData(0, 0, size, size) };
}
