import type { Geometry } from '../measure/geometry.ts';
import type { Refused } from '../refusal.ts';

/** An area's outline as the log keeps it: [longitude, latitude] in 1e-6 degrees. */
export interface AreaShape {
  readonly shape: 'polygon' | 'line';
  readonly vertices: readonly (readonly [number, number])[];
}

export function areaGeometry(area: AreaShape): Geometry {
  const points = area.vertices.map(([lon, lat]): [number, number] => [lon, lat]);
  return area.shape === 'polygon'
    ? { type: 'Polygon', coordinates: [points] }
    : { type: 'LineString', coordinates: points };
}

/** What is wrong with an outline, or nothing: a polygon is one closed ring of at least three sides. */
export function wrongShape(area: AreaShape, field: string): Refused | undefined {
  const [first] = area.vertices;
  const last = area.vertices.at(-1);
  if (
    area.vertices.some(([lon, lat]) => Math.abs(lon) > 180_000_000 || Math.abs(lat) > 90_000_000)
  ) {
    return { field, reason: 'not_on_earth' };
  }
  if (area.shape === 'line') return undefined;
  if (area.vertices.length < 4) {
    return { field, reason: 'too_few_vertices' };
  }
  if (first === undefined || last === undefined || first[0] !== last[0] || first[1] !== last[1]) {
    return { field, reason: 'ring_not_closed' };
  }
  return undefined;
}
