import type { Geometry, Position } from 'geojson';
import type { Extent } from './map-data.ts';

/** Degrees to pixels of a still picture, north up, the same projection as the live map's. */
export type Project = (position: Position) => [number, number];

export function fitMercator(
  [west, south, east, north]: Extent,
  wide: number,
  high: number,
): Project {
  const top = mercator(north);
  const scale = Math.min(wide / (east - west), high / (top - mercator(south)));
  const left = (wide - (east - west) * scale) / 2;
  const above = (high - (top - mercator(south)) * scale) / 2;
  return ([lon = 0, lat = 0]) => [
    round(left + (lon - west) * scale),
    round(above + (top - mercator(lat)) * scale),
  ];
}

/** The path of a geometry; points have none. */
export function svgPath(geometry: Geometry, project: Project): string {
  switch (geometry.type) {
    case 'LineString':
      return run(geometry.coordinates, project, '');
    case 'MultiLineString':
      return geometry.coordinates.map((line) => run(line, project, '')).join('');
    case 'Polygon':
      return geometry.coordinates.map((ring) => run(ring, project, 'Z')).join('');
    case 'MultiPolygon':
      return geometry.coordinates
        .flatMap((rings) => rings.map((ring) => run(ring, project, 'Z')))
        .join('');
    case 'GeometryCollection':
      return geometry.geometries.map((each) => svgPath(each, project)).join('');
    case 'Point':
    case 'MultiPoint':
      return '';
    default:
      return geometry satisfies never;
  }
}

/** Latitude in the degrees of longitude that the projection stretches it to. */
function mercator(lat: number): number {
  const within = Math.max(-85, Math.min(85, lat));
  return (Math.log(Math.tan(Math.PI / 4 + (within * Math.PI) / 360)) * 180) / Math.PI;
}

function run(positions: readonly Position[], project: Project, end: string): string {
  return positions.length === 0
    ? ''
    : `M${positions.map((each) => project(each).join(' ')).join('L')}${end}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
