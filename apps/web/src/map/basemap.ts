import type { FeatureCollection, Feature, Geometry } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Extent } from './map-data.ts';

/**
 * The ground of a real centre, cut by scripts/cut-basemap.mjs and served with the screens. An exercise
 * never loads it: claiming that invented things happened at real places is what it must not do.
 */
export interface Basemap {
  readonly land: Feature<Geometry, object> | FeatureCollection;
  readonly water: Feature<Geometry, object> | FeatureCollection;
  readonly border: Feature<Geometry, object> | FeatureCollection;
  readonly towns: FeatureCollection;
}

export const WORLD: Extent = [-180, -85, 180, 85];
export const REGION: Extent = [42.6, 37.9, 51, 42.9];

type Town = readonly [name: string, lon: number, lat: number, rank: number];
type BasemapFile = Topology<Record<string, GeometryCollection>> & {
  readonly towns?: readonly Town[];
};

const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] };
const loaded = new Map<string, Promise<Basemap>>();

/** @param ground `region` around the founding centre, `world` for reports from elsewhere */
export function loadBasemap(ground: 'region' | 'world'): Promise<Basemap> {
  const known = loaded.get(ground) ?? fetchBasemap(ground);
  loaded.set(ground, known);
  // A failed load is asked again by the next map.
  known.catch(() => loaded.delete(ground));
  return known;
}

async function fetchBasemap(ground: string): Promise<Basemap> {
  const response = await fetch(`/basemap/${ground}.json`);
  if (!response.ok) throw new Error(`basemap ${ground}: ${response.status}`);
  const file: BasemapFile = await response.json();
  const layer = (name: string) => {
    const object = file.objects[name];
    return object === undefined ? EMPTY : feature(file, object);
  };
  return {
    land: layer('land'),
    water: layer('water'),
    border: layer('border'),
    towns: townsOf(file.towns ?? []),
  };
}

function townsOf(towns: readonly Town[]): FeatureCollection {
  const features = towns.map(([name, lon, lat, rank]) => ({
    type: 'Feature' as const,
    properties: { name, rank: rank + 1 },
    geometry: { type: 'Point' as const, coordinates: [lon / 1e4, lat / 1e4] },
  }));
  return { type: 'FeatureCollection', features };
}

/** Within the mission area a place bears the names of the centre's gazetteer, and no others. */
export function townsOutside(
  towns: FeatureCollection,
  [west, south, east, north]: Extent,
): FeatureCollection {
  const features = towns.features.filter(({ geometry }) => {
    if (geometry.type !== 'Point') return false;
    const [lon = 0, lat = 0] = geometry.coordinates;
    return lon < west || lon > east || lat < south || lat > north;
  });
  return { type: 'FeatureCollection', features };
}
