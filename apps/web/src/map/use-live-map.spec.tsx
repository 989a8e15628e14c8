import { afterEach, expect, it } from '@jest/globals';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { testRow } from '../testing/test-rows.ts';
import { rowPoint, type RowPoint } from './map-data.ts';
import { useSelection } from './use-live-map.ts';

const brought: number[] = [];
let drawn = 0;
const map = {
  draw: () => {
    drawn += 1;
  },
  bring: (lon: number) => void brought.push(lon),
};

function Selection({
  points,
  selected,
}: {
  readonly points: readonly RowPoint[];
  readonly selected: string | null;
}) {
  useSelection(map, points, selected);
  return null;
}

/** @param lon whole degrees */
function placed(n: number, lon: number) {
  const place = { lat: 40_000_000, lon: lon * 1_000_000, errorM: 50 };
  const resolved = { ...place, method: 'point.1', sector: null } as const;
  return testRow(n, { where: { form: 'point', ...place, resolved } });
}

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
const root = createRoot(document.createElement('div'));
afterEach(() => act(() => root.unmount()));

it('a selected row is brought into sight once, and the map then stays where the reader moves it', () => {
  const [one, two] = [placed(1, 46), placed(2, 47)];
  const show = (rows: readonly (typeof one)[], selected: string | null) =>
    act(() =>
      root.render(
        <Selection
          points={rows.map(rowPoint).filter((point) => point !== undefined)}
          selected={selected}
        />,
      ),
    );
  show([], one.id);
  expect(brought).toEqual([]);
  show([one], one.id);
  expect(brought).toEqual([46]);
  const before = drawn;
  show([one, two], one.id);
  expect(brought).toEqual([46]);
  expect(drawn).toBeGreaterThan(before);
  show([one, two], two.id);
  show([one, two], null);
  show([one, two], two.id);
  expect(brought).toEqual([46, 47, 47]);
});
