import { DISPLAY_GROUPS } from '@ceasewatch/domain/observation/vocabulary';
import type {
  ExpressionSpecification,
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
} from 'maplibre-gl';
import { CLUSTER_IMAGE, CLUSTER_SUMS } from './cluster-image.ts';
import { glyphName } from './glyph-images.ts';
import { NOTHING } from './map-data.ts';
import type { MapColours } from './map-colours.ts';

/**
 * The style of the live map: ground, areas, shapes of places, units, observations, in that order from
 * below. It names no glyph or sprite address: labels are drawn with the page's own fonts and signs with
 * generated images, so that nothing is fetched.
 */
export const SOURCES = [
  'land',
  'water',
  'border',
  'towns',
  'places',
  'areas',
  'shapes',
  'units',
  'observations',
  'selected',
  'draft',
] as const;
export type SourceName = (typeof SOURCES)[number];

/** Rows nearer than this many pixels stand as one circle with their number. */
const CLUSTER_PX = 20;
export const CLUSTER_MAX_ZOOM = 15;
const FONT = ['Inter Variable'];
/** Where a place's name may stand, the best first, in ems from its dot. */
const NAME_PLACES: (string | [number, number])[] = [
  'left',
  [0.5, 0],
  'right',
  [-0.5, 0],
  'left',
  [2.4, 0],
  'right',
  [-2.4, 0],
  'top',
  [0, 1.8],
  'bottom',
  [0, -1.8],
];

/** @param times how much larger than on a desk words and signs are: on a wall everything grows together */
export function mapStyle(colours: MapColours, times: number): StyleSpecification {
  const sources: Record<string, SourceSpecification> = {};
  for (const name of SOURCES) sources[name] = { type: 'geojson', data: NOTHING };
  sources['observations'] = {
    type: 'geojson',
    data: NOTHING,
    promoteId: 'id',
    cluster: true,
    clusterRadius: CLUSTER_PX * times,
    clusterMaxZoom: CLUSTER_MAX_ZOOM,
    clusterProperties: CLUSTER_SUMS,
  };
  return {
    version: 8,
    sources,
    layers: [
      ...groundLayers(colours),
      ...areaLayers(colours),
      ...shapeLayers(colours),
      ...signLayers(colours),
    ].map((layer) => enlarged(layer, times)),
  };
}

function enlarged(layer: LayerSpecification, times: number): LayerSpecification {
  if (layer.type !== 'symbol') return layer;
  const { 'text-size': size, ...rest } = layer.layout ?? {};
  const text = typeof size === 'number' ? { 'text-size': size * times } : {};
  return { ...layer, layout: { ...rest, ...text, 'icon-size': times } };
}

function groundLayers(colours: MapColours): LayerSpecification[] {
  return [
    { id: 'ground', type: 'background', paint: { 'background-color': colours.ground } },
    { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': colours.land } },
    { id: 'water', type: 'fill', source: 'water', paint: { 'fill-color': colours.water } },
    {
      id: 'border',
      type: 'line',
      source: 'border',
      paint: { 'line-color': colours.border, 'line-width': 1, 'line-dasharray': [3, 2] },
    },
  ];
}

function areaLayers(colours: MapColours): LayerSpecification[] {
  const isSector: ExpressionSpecification = ['==', ['get', 'kind'], 'sector'];
  const isLine: ExpressionSpecification = ['==', ['get', 'kind'], 'line'];
  const isZone: ExpressionSpecification = [
    'in',
    ['get', 'kind'],
    ['literal', ['protected', 'exercise']],
  ];
  return [
    {
      id: 'sector-fill',
      type: 'fill',
      source: 'areas',
      filter: isSector,
      paint: { 'fill-color': colours.sector, 'fill-opacity': 0.06 },
    },
    {
      id: 'sector-edge',
      type: 'line',
      source: 'areas',
      filter: isSector,
      paint: { 'line-color': colours.sector, 'line-width': 1, 'line-opacity': 0.45 },
    },
    {
      id: 'zone-edge',
      type: 'line',
      source: 'areas',
      filter: isZone,
      paint: { 'line-color': colours.text, 'line-width': 1.2, 'line-dasharray': [2, 2] },
    },
    {
      id: 'line',
      type: 'line',
      source: 'areas',
      filter: isLine,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': colours.line, 'line-width': 2, 'line-dasharray': [4, 1.5] },
    },
    label('sector-name', 'areas', [colours.textDim, colours.halo], 11, {
      filter: isSector,
      layout: { 'text-transform': 'uppercase', 'text-letter-spacing': 0.06, 'text-max-width': 9 },
    }),
    label('line-name', 'areas', [colours.text, colours.halo], 11, {
      filter: isLine,
      layout: { 'symbol-placement': 'line', 'text-offset': [0, -0.8] },
    }),
    label('zone-name', 'areas', [colours.textDim, colours.halo], 10.5, {
      filter: isZone,
      minzoom: 10,
    }),
    {
      id: 'place-dot',
      type: 'circle',
      source: 'places',
      paint: { 'circle-radius': 1.8, 'circle-color': colours.text },
    },
    label('town-name', 'towns', [colours.textDim, colours.halo], 10.5, {
      filter: [
        'step',
        ['zoom'],
        ['<=', ['get', 'rank'], 2],
        7,
        ['<=', ['get', 'rank'], 3],
        9,
        true,
      ],
      layout: { 'symbol-sort-key': ['get', 'rank'] },
    }),
    label('place-name', 'places', [colours.text, colours.halo], 11, {
      layout: {
        // A name that a cluster would cover stands on the other side, or further off.
        'text-variable-anchor-offset': NAME_PLACES,
        'text-justify': 'auto',
        'text-max-width': 20,
      },
    }),
  ];
}

function shapeLayers(colours: MapColours): LayerSpecification[] {
  return (['shapes', 'draft'] as const).flatMap((source) => {
    const colour = source === 'draft' ? colours.accent : groupColour(colours);
    const parts = (...names: string[]): ExpressionSpecification => [
      'in',
      ['get', 'part'],
      ['literal', names],
    ];
    return [
      {
        id: `${source}-fill`,
        type: 'fill',
        source,
        filter: parts('ring', 'wedge', 'area'),
        paint: { 'fill-color': colour, 'fill-opacity': source === 'draft' ? 0.16 : 0.08 },
      },
      {
        id: `${source}-edge`,
        type: 'line',
        source,
        filter: parts('ring', 'wedge', 'area', 'ray'),
        paint: { 'line-color': colour, 'line-width': 1.2, 'line-opacity': 0.85 },
      },
      {
        id: `${source}-wide`,
        type: 'line',
        source,
        filter: parts('span', 'stretch'),
        layout: { 'line-cap': 'round' },
        paint: { 'line-color': colour, 'line-width': 5, 'line-opacity': 0.45 },
      },
    ] satisfies LayerSpecification[];
  });
}

function signLayers(colours: MapColours): LayerSpecification[] {
  const isCluster: ExpressionSpecification = ['has', 'point_count'];
  return [
    {
      id: 'units',
      type: 'symbol',
      source: 'units',
      layout: {
        'icon-image': ['concat', 'unit-', ['get', 'sign']],
        'icon-allow-overlap': true,
        'text-field': ['step', ['zoom'], '', 9.5, ['get', 'name']],
        'text-font': FONT,
        'text-size': 11,
        'text-anchor': 'top',
        'text-offset': [0, 0.7],
        'text-optional': true,
      },
      paint: {
        'text-color': colours.text,
        'text-halo-color': colours.halo,
        'text-halo-width': 1.4,
      },
    },
    {
      id: 'selected',
      type: 'circle',
      source: 'selected',
      paint: {
        'circle-radius': 13,
        'circle-color': colours.accent,
        'circle-opacity': 0.18,
        'circle-stroke-color': colours.accent,
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'observations',
      type: 'symbol',
      source: 'observations',
      filter: ['!', isCluster],
      layout: {
        'icon-image': [
          'concat',
          ['get', 'group'],
          ['case', ['get', 'vague'], glyphName('', true), ''],
        ],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
      },
      paint: { 'icon-opacity': ['case', ['get', 'retracted'], 0.4, 1] },
    },
    label('clusters', 'observations', [colours.text, colours.halo], 11.5, {
      filter: isCluster,
      layout: {
        'text-field': ['to-string', ['get', 'point_count']],
        'text-allow-overlap': true,
        'icon-image': CLUSTER_IMAGE,
        'icon-allow-overlap': true,
      },
      paint: { 'text-halo-width': 0 },
    }),
    {
      id: 'draft-point',
      type: 'circle',
      source: 'draft',
      filter: ['==', ['geometry-type'], 'Point'],
      paint: {
        'circle-radius': 5,
        'circle-color': colours.accent,
        'circle-stroke-color': colours.halo,
        'circle-stroke-width': 2,
      },
    },
  ];
}

type SymbolLayer = Extract<LayerSpecification, { type: 'symbol' }>;

function label(
  id: string,
  source: SourceName,
  [colour, halo]: readonly [string, string],
  size: number,
  more: Pick<SymbolLayer, 'filter' | 'layout' | 'paint' | 'minzoom'>,
): SymbolLayer {
  return {
    id,
    type: 'symbol',
    source,
    ...(more.filter === undefined ? {} : { filter: more.filter }),
    ...(more.minzoom === undefined ? {} : { minzoom: more.minzoom }),
    layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': size, ...more.layout },
    paint: { 'text-color': colour, 'text-halo-color': halo, 'text-halo-width': 1.2, ...more.paint },
  };
}

function groupColour(colours: MapColours): ExpressionSpecification {
  const pairs = DISPLAY_GROUPS.flatMap((group) => [group, colours.groups[group]]);
  const [first = 'other', second = colours.text, ...rest] = pairs;
  return ['match', ['get', 'group'], first, second, ...rest, colours.groups.other];
}
