/**
 * What a click on the map means. Circles that stand for several rows are made anew with every update,
 * once a second while rows arrive: the number of the circle that was hit may be gone when the map is
 * asked about it. The place is not, so it is looked at once more when the map has settled.
 */
export interface Hit {
  readonly lon: number;
  readonly lat: number;
  /** Number of a circle; undefined for a single row. */
  readonly cluster: number | undefined;
  readonly id: string;
}

export interface ClickedMap {
  /** What is drawn at the place that was clicked, now. */
  hit(): Hit | undefined;
  /** The zoom at which a circle comes apart. */
  expansionZoom(cluster: number): Promise<number>;
  rowsOf(cluster: number): Promise<readonly string[]>;
  settled(): Promise<void>;
}

export type Clicked =
  | { readonly at: 'row'; readonly id: string | null }
  | { readonly at: 'zoom'; readonly lon: number; readonly lat: number; readonly zoom: number }
  | { readonly at: 'stack'; readonly ids: readonly string[] }
  /** It went twice while it was asked about; the next click will hit what has come. */
  | { readonly at: 'gone' };

/** @param maxZoom nearer than this no circle comes apart */
export async function whatWasClicked(map: ClickedMap, maxZoom: number): Promise<Clicked> {
  const first = await clickedNow(map, maxZoom).catch(unlessGone);
  if (first.at !== 'gone') return first;
  await map.settled();
  return clickedNow(map, maxZoom).catch(unlessGone);
}

async function clickedNow(map: ClickedMap, maxZoom: number): Promise<Clicked> {
  const hit = map.hit();
  if (hit === undefined) return { at: 'row', id: null };
  const { cluster, id, lon, lat } = hit;
  if (cluster === undefined) return { at: 'row', id };
  const zoom = await map.expansionZoom(cluster);
  if (zoom <= maxZoom) return { at: 'zoom', lon, lat, zoom };
  return { at: 'stack', ids: await map.rowsOf(cluster) };
}

/** The worker says so in a sentence; it has no code. */
function unlessGone(error: unknown): Clicked {
  if (error instanceof Error && error.message.includes('No cluster with the specified id')) {
    return { at: 'gone' };
  }
  throw error;
}
