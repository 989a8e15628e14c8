import { expect, test } from '@jest/globals';
import { randomOf } from '../testing/random.ts';
import { versionParts } from '../testing/version-parts.ts';
import { hasBit } from './bits.ts';
import { liesIn } from './observation-filter.ts';
import { LOCATED } from './packed-row.ts';
import { PlaceBands } from './place-bands.ts';
import { SituationColumns } from './situation-columns.ts';
import type { Box } from './text-query.ts';

const LAT = 90_000_000;
const LON = 180_000_000;

test('has what has a place and has it in the box, however many are told of and wherever they are', () => {
  const random = randomOf('bands');
  const columns = new SituationColumns();
  const bands = new PlaceBands(columns);
  const near = (value: number, by: number) => value + random.whole(-by, by);
  const place = (centre: number) =>
    random.chance(0.1)
      ? { lat: random.whole(-LAT, LAT), lon: random.whole(-LON, LON) }
      : { lat: near(centre / 4, 50), lon: near(centre, 50) };
  const boxOf = (centre: number): Box => {
    const [lat, lon] = [near(centre / 4, 60), near(centre, 60)];
    const [high, wide] = [random.whole(0, 80), random.whole(0, 80)];
    const box: Box = [lon, lat, lon + wide, lat + high];
    if (random.chance(0.1)) return [-LON, -LAT, LON, LAT];
    return random.chance(0.3) ? [box[2] + 1, box[1], box[0], box[3]] : box;
  };
  let found = 0;
  for (let round = 0; round < 60; round += 1) {
    // What comes later lies elsewhere, as when another sector begins to report.
    const centre = (round >> 4) * 1_000;
    for (let n = random.whole(0, 90); n > 0; n -= 1) {
      const packed = random.chance(0.9) ? LOCATED : 0;
      const at = packed === 0 ? { lat: 0, lon: 0 } : place(centre);
      columns.appendParts(versionParts({ from: columns.length, packed, ...at }));
    }
    const box = boxOf(random.chance(0.8) ? centre : 0);
    const bits = bands.inBox(box);
    for (let at = 0; at < columns.length; at += 1) {
      const isLocated = ((columns.packed[at] ?? 0) & LOCATED) !== 0;
      const lies = isLocated && liesIn(box, columns.lat[at] ?? 0, columns.lon[at] ?? 0);
      if (hasBit(bits, at) !== lies) throw new Error(`version ${at} in ${box.join()}: ${lies}`);
      found += Number(lies);
    }
  }
  expect(found).toBeGreaterThan(4_000);
});

test('nothing is in a box while nobody was anywhere', () => {
  const columns = new SituationColumns();
  expect([...new PlaceBands(columns).inBox([-LON, -LAT, LON, LAT])]).toEqual([]);
  columns.appendParts(versionParts({ from: 0, packed: 0 }));
  expect([...new PlaceBands(columns).inBox([-LON, -LAT, LON, LAT])]).toEqual([0]);
});
