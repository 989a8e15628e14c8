import type { CentreAnswer, CentreArea, CentreUnit } from '@ceasewatch/api/contract';

/**
 * A plan without a basemap: areas and units laid flat around their middle. It needs no GPU, prints as
 * lines, and is right to the width of a stroke over the length of a front.
 */
export interface PlanFrame {
  readonly width: number;
  readonly height: number;
  /** One metre in units of the plan. */
  readonly metre: number;
  /** 1e-6 degrees to the plan's x and y, north up. */
  place(lon: number, lat: number): readonly [x: number, y: number];
}

const WIDTH = 600;
const MARGIN = 24;
const METRES_PER_DEGREE = 111_320;

export interface Planned {
  readonly areas: readonly CentreArea[];
  readonly units: readonly (CentreUnit & { readonly position: NonNullable<CentreUnit['position']> })[];
}

/** What stands on the plan: open units with a position, and areas that are not over by `at` (ms; 0 is all). */
export function plannedOf(centre: CentreAnswer, at: number): Planned {
  return {
    areas: centre.areas.filter(({ to }) => to === null || at === 0 || Date.parse(to) > at),
    units: centre.units.flatMap((unit) =>
      unit.position === null || unit.closedAt !== null ? [] : [{ ...unit, position: unit.position }],
    ),
  };
}

/** @returns null when nothing has a place */
export function frameOf({ areas, units }: Planned): PlanFrame | null {
  const points = [
    ...areas.flatMap(({ vertices }) => vertices),
    ...units.map(({ position }) => [position.lon, position.lat] as const),
  ];
  if (points.length === 0) return null;
  const west = least(points.map(([lon]) => lon));
  const south = least(points.map(([, lat]) => lat));
  const east = -least(points.map(([lon]) => -lon));
  const north = -least(points.map(([, lat]) => -lat));
  const narrowing = Math.cos((((south + north) / 2e6) * Math.PI) / 180);
  // A single point would have no width; a thousandth of a degree is some hundred metres.
  const scale = (WIDTH - 2 * MARGIN) / Math.max((east - west) * narrowing, (north - south) / 2, 1000);
  const indent = (WIDTH - (east - west) * narrowing * scale) / 2;
  return {
    width: WIDTH,
    height: (north - south) * scale + 2 * MARGIN,
    metre: (scale * 1e6) / METRES_PER_DEGREE,
    place: (lon, lat) => [indent + (lon - west) * narrowing * scale, MARGIN + (north - lat) * scale],
  };
}

/** The longest of the round lengths in km that takes at most a quarter of the plan. */
export function scaleKm({ metre, width }: PlanFrame): number {
  const fitting = [500, 200, 100, 50, 20, 10, 5, 2, 1].find((km) => km * 1000 * metre <= width / 4);
  return fitting ?? 1;
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);
}
