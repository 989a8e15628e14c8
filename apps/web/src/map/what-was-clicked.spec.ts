import { describe, expect, it } from '@jest/globals';
import { type ClickedMap, type Hit, whatWasClicked } from './what-was-clicked.ts';

const MAX_ZOOM = 15;

/** A map on which circles are numbered anew when it settles. */
class Circles implements ClickedMap {
  settlings = 0;
  constructor(
    private drawn: Hit | undefined,
    private readonly known: ReadonlyMap<number, number>,
    private readonly afterwards: Hit | undefined = drawn,
  ) {}
  hit = () => this.drawn;
  expansionZoom = async (cluster: number) => {
    const zoom = this.known.get(cluster);
    if (zoom === undefined) throw new Error('No cluster with the specified id: ' + cluster);
    return zoom;
  };
  rowsOf = async () => ['a', 'b'];
  settled = async () => {
    this.settlings += 1;
    this.drawn = this.afterwards;
  };
}

const circle = (cluster: number): Hit => ({ lon: 46, lat: 40, cluster, id: 'undefined' });

describe('a click on the map', () => {
  it('is on nothing, on a row, on a circle that comes apart, or on a stack', async () => {
    const zooms = new Map([
      [1, 12],
      [2, 16],
    ]);
    const clicked = (hit: Hit | undefined) => whatWasClicked(new Circles(hit, zooms), MAX_ZOOM);
    expect(await clicked(undefined)).toEqual({ at: 'row', id: null });
    expect(await clicked({ ...circle(0), cluster: undefined, id: 'a' })).toEqual({
      at: 'row',
      id: 'a',
    });
    expect(await clicked(circle(1))).toEqual({ at: 'zoom', lon: 46, lat: 40, zoom: 12 });
    expect(await clicked(circle(2))).toEqual({ at: 'stack', ids: ['a', 'b'] });
  });

  it('on a circle that was made anew meanwhile is on the one that stands there now', async () => {
    const map = new Circles(circle(7), new Map([[8, 13]]), circle(8));
    expect(await whatWasClicked(map, MAX_ZOOM)).toMatchObject({ at: 'zoom', zoom: 13 });
    expect(map.settlings).toBe(1);
  });

  it('is asked about once more and not for ever, and no other fault is passed over', async () => {
    const gone = new Circles(circle(7), new Map());
    expect(await whatWasClicked(gone, MAX_ZOOM)).toEqual({ at: 'gone' });
    expect(gone.settlings).toBe(1);
    const broken = new Circles(circle(7), new Map());
    broken.expansionZoom = () => Promise.reject(new TypeError('ours'));
    await expect(whatWasClicked(broken, MAX_ZOOM)).rejects.toThrow('ours');
    expect(broken.settlings).toBe(0);
  });
});
